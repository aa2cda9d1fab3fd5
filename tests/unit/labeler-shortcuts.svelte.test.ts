import { describe, expect, test } from 'vitest';
import { Shortcuts, type Command } from '#state/shortcuts';
import type { KeyPress } from '../../src/lib/state/key-press';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, code, ...none, ...held });

const command = (id: string, ...keys: string[]): Command => ({ id, keys, label: id, group: '', run: () => undefined });
const commands = [
  command('next', 'J'),
  command('submit', 'Enter'),
  command('undo', 'Mod+Z'),
  command('redo', 'Shift+Mod+Z', 'Mod+Y'),
  command('help', '?'),
  command('zoom', '+', '='),
  command('fit', 'Shift+1'),
  command('first', '1'),
  command('odd', 'ж'),
];
const offering = (offered: readonly Command[], mac = false): Shortcuts => {
  const shortcuts = new Shortcuts({ mac }, { keys: {} });
  shortcuts.offer({ commands: () => offered });
  return shortcuts;
};
const found = (keyPress: KeyPress, mac = false): string => offering(commands, mac).find(keyPress)?.id ?? '';

describe('the command of a key', () => {
  test.each([
    ['a letter', press('j', 'KeyJ'), 'next'],
    ['with caps lock', press('J', 'KeyJ'), 'next'],
    ['with Shift it is another', press('J', 'KeyJ', { shiftKey: true }), ''],
    ['with Ctrl it is the browser’s', press('j', 'KeyJ', { ctrlKey: true }), ''],
    ['with Alt', press('j', 'KeyJ', { altKey: true }), ''],
    ['on a Greek keyboard by its place', press('ξ', 'KeyJ'), 'next'],
    ['on a Dvorak keyboard by its print', press('j', 'KeyC'), 'next'],
    ['on a Dvorak keyboard not by its place', press('h', 'KeyJ'), ''],
    ['a letter that the layout has and a class uses', press('ж', 'Semicolon'), 'odd'],
    ['a digit', press('1', 'Digit1'), 'first'],
    ['a digit of the number pad', press('1', 'Numpad1'), 'first'],
    ['a digit of a French keyboard', press('&', 'Digit1'), 'first'],
    ['Shift and a digit, whatever that prints', press('!', 'Digit1', { shiftKey: true }), 'fit'],
    ['a symbol with Shift', press('?', 'Slash', { shiftKey: true }), 'help'],
    ['the same symbol where it needs none', press('?', 'KeyM'), 'help'],
    ['plus', press('+', 'Equal', { shiftKey: true }), 'zoom'],
    ['Ctrl+Z', press('z', 'KeyZ', { ctrlKey: true }), 'undo'],
    ['Shift+Ctrl+Z', press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'redo'],
    ['Ctrl+Y', press('y', 'KeyY', { ctrlKey: true }), 'redo'],
    ['Ctrl+Z on a Russian keyboard', press('я', 'KeyZ', { ctrlKey: true }), 'undo'],
    ['Cmd+Z is nothing here', press('z', 'KeyZ', { metaKey: true }), ''],
  ])('%s', (_label, keyPress, expected) => {
    expect(found(keyPress)).toBe(expected);
  });

  test('on a Mac, Cmd is what Ctrl is elsewhere', () => {
    expect(found(press('z', 'KeyZ', { metaKey: true }), true)).toBe('undo');
    expect(found(press('z', 'KeyZ', { ctrlKey: true }), true)).toBe('');
  });

  test('what cannot be done now gives way', () => {
    const shortcuts = offering([{ ...command('a', 'J'), when: () => false }, command('b', 'J')]);
    expect(shortcuts.find(press('j', 'KeyJ'))?.id).toBe('b');
  });
});
