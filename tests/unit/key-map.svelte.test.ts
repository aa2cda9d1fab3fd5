import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESERVED_KEYS } from '#core/model/hotkeys';
import { KeyChanger } from '#state/key-changer';
import { COMMAND_IDS, COMMANDS, overlap, type CommandId } from '../../src/lib/state/command-list';
import {
  assign,
  keysHere,
  readChanges,
  reset,
  wishOf,
  writeChanges,
  type KeyChanges,
} from '../../src/lib/state/key-map';
import { bindingOf, type KeyPress } from '../../src/lib/state/key-press';

const PC = { mac: false };
const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, code = '', held: Partial<KeyPress> = {}): KeyPress => ({ key, code, ...none, ...held });
const letter = (key: string): KeyPress => press(key, `Key${key.toUpperCase()}`);

/** What a person does: press a key for a command, and take it if others have it. */
function give(changes: KeyChanges, id: CommandId, key: KeyPress): KeyChanges {
  const wish = wishOf(id, key, changes, PC);
  return wish?.ok ? assign(changes, id, wish.value) : changes;
}
const shown = (changes: KeyChanges, ...ids: CommandId[]) => ids.map((id) => keysHere(changes).get(id)?.join(' ') ?? '');

describe('a key press as the key of a command', () => {
  it.each([
    ['a letter', letter('x'), 'X'],
    ['with Shift', press('X', 'KeyX', { shiftKey: true }), 'Shift+X'],
    ['with Ctrl', press('s', 'KeyS', { ctrlKey: true }), 'Mod+S'],
    ['with both', press('E', 'KeyE', { ctrlKey: true, shiftKey: true }), 'Shift+Mod+E'],
    ['a letter of a Greek keyboard, by its place', press('ξ', 'KeyJ'), 'J'],
    ['a digit of a French keyboard, by its place', press('&', 'Digit1'), '1'],
    ['a shifted digit, whatever it prints', press('!', 'Digit1', { shiftKey: true }), 'Shift+1'],
    ['a sign, as it is printed', press('?', 'Slash', { shiftKey: true }), '?'],
    ['a sign above a digit that commands have', press('/', 'Digit7', { shiftKey: true }), '/'],
    ['a named key', press('PageDown', 'PageDown'), 'PageDown'],
    ['a key that no browser uses', press('F8', 'F8'), 'F8'],
  ])('%s', (_, keyPress, expected) => {
    expect(bindingOf(keyPress, PC)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['Escape', press('Escape'), 'leaves'],
    ['Tab', press('Tab'), 'focus'],
    ['Alt', press('x', 'KeyX', { altKey: true }), 'Alt'],
    ['the Windows key', press('x', 'KeyX', { metaKey: true }), 'system'],
    ['Ctrl+W', press('w', 'KeyW', { ctrlKey: true }), 'browser'],
    ['Ctrl+T', press('t', 'KeyT', { ctrlKey: true }), 'browser'],
    ['Shift+Ctrl+N', press('N', 'KeyN', { ctrlKey: true, shiftKey: true }), 'browser'],
    ['Ctrl and plus', press('+', 'Equal', { ctrlKey: true }), 'browser'],
    ['F5', press('F5'), 'browser'],
    ['Ctrl+C', press('c', 'KeyC', { ctrlKey: true }), 'written'],
    ['a dead key', press('Dead', 'BracketLeft'), 'sign'],
  ])('%s is refused, with the reason', (_, keyPress, reason) => {
    const read = bindingOf(keyPress, PC);
    expect(read?.ok === false && read.error.message).toContain(reason);
  });

  it('waits while only a modifier is held, and knows a Mac', () => {
    expect(bindingOf(press('Shift', 'ShiftLeft', { shiftKey: true }), PC)).toBe(null);
    expect(bindingOf(press('e', 'KeyE', { metaKey: true }), { mac: true })).toEqual({ ok: true, value: 'Mod+E' });
    expect(bindingOf(press('e', 'KeyE', { ctrlKey: true }), { mac: true })?.ok).toBe(false);
  });
});

describe('keys that are changed', () => {
  it('are swapped with who had them, also from one to the next', () => {
    const once = give({}, 'skip', letter('j'));
    expect(shown(once, 'skip', 'next')).toEqual(['J', 'S']);
    const twice = give(once, 'flag', letter('j'));
    expect(shown(twice, 'flag', 'skip', 'next')).toEqual(['J', 'F', 'S']);
    expect(shown(reset(twice, 'next'), 'flag', 'skip', 'next')).toEqual(['F', 'S', 'J']);
  });

  it('leave who had more than one with the others', () => {
    const changes = give({}, 'skip', press('y', 'KeyY', { ctrlKey: true }));
    expect(shown(changes, 'skip', 'redo')).toEqual(['Mod+Y', 'Shift+Mod+Z']);
  });

  it('may be the same where the two are never at once', () => {
    const wish = wishOf('label-selected', letter('s'), {}, PC);
    expect(wish).toEqual({ ok: true, value: { key: 'S', holders: [] } });
    expect(wishOf('box', letter('t'), {}, PC)).toMatchObject({ value: { holders: [] } });
  });

  it('are not taken from what needs them', () => {
    expect(wishOf('box', press('ArrowLeft'), {}, PC)).toMatchObject({ error: { code: 'keys.reserved' } });
  });

  it('can be had back by pressing what was there', () => {
    const changes = give({}, 'copy', letter('c'));
    expect(shown(changes, 'copy')).toEqual(['C']);
    expect(give(changes, 'copy', press('c', 'KeyC', { ctrlKey: true }))).toEqual({});
  });

  it('find the press where the layout says otherwise what it is', () => {
    // On a German keyboard, = is Shift+0: the first belongs to the zoom, the second to the actual size.
    const wish = wishOf('skip', press('=', 'Digit0', { shiftKey: true }), {}, PC);
    expect(wish).toMatchObject({ value: { holders: ['zoom-in', 'actual-size'] } });
  });

  it('give way to the keys of classes, and then are what they came with', () => {
    const changes = give({}, 'skip', letter('x'));
    expect(keysHere(changes, new Set(['x'])).get('skip')).toEqual(['S']);
    expect(keysHere(changes, new Set(['y'])).get('skip')).toEqual(['X']);
    // Another has its former key: then it has none here.
    const both = give(changes, 'flag', letter('s'));
    expect(keysHere(both, new Set(['x'])).get('skip')).toEqual([]);
    // Only single letters are keys of classes, and only on the labeling screen.
    expect(
      keysHere({ 'go-items': ['Shift+X'], 'label-selected': ['X'] }, new Set(['x'])).get('label-selected'),
    ).toEqual(['X']);
  });
});

describe('whatever is pressed', () => {
  /** Each is up to twelve changes, after which every command is compared with every other. */
  const RUNS = { numRuns: 30 };
  const id = fc.constantFrom(...COMMAND_IDS.filter((known) => COMMANDS[known].fixed !== true));
  const key = fc.oneof(
    fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz')).map(letter),
    fc.constantFrom('?', '/', '+', '-', 'Enter', 'Delete', 'F8', ' ', 'ArrowUp').map((one) => press(one)),
    fc.constantFrom(...Array.from('zykbhr')).map((one) => press(one, `Key${one.toUpperCase()}`, { ctrlKey: true })),
    fc.constantFrom(...Array.from('BHRLIMES')).map((one) => press(one, `Key${one}`, { shiftKey: true })),
  );

  it('no two commands that can be called at once have the same key', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, key), { maxLength: 12 }), (steps) => {
        const map = keysHere(steps.reduce<KeyChanges>((changes, [of, pressed]) => give(changes, of, pressed), {}));
        const held = [...map].flatMap(([of, keys]) => keys.map((one) => ({ of, one: one.toLowerCase() })));
        const clashes = held.flatMap(({ of: a, one }) =>
          held
            .filter(({ of: b, one: other }) => one === other && a < b && overlap(COMMANDS[a].where, COMMANDS[b].where))
            .filter(({ of: b }) => !(COMMANDS[a].fixed && COMMANDS[b].fixed))
            .map(({ of: b }) => `${one}: ${a} and ${b}`),
        );
        expect(clashes).toEqual([]);
      }),
      RUNS,
    );
  });

  it('what is stored reads as it was, and all can be reset one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, key), { maxLength: 12 }), (steps) => {
        const changes = steps.reduce<KeyChanges>((before, [of, pressed]) => give(before, of, pressed), {});
        expect(readChanges(writeChanges(changes))).toEqual(changes);
        expect(COMMAND_IDS.reduce(reset, changes)).toEqual({});
      }),
      RUNS,
    );
  });

  it('what is stored and is none of it is left out', () => {
    fc.assert(
      fc.property(fc.json(), (stored) => {
        expect(readChanges(stored)).toEqual({});
      }),
    );
    expect(readChanges('{"version":1,"keys":{"skip":["X"],"next":["Tab"],"nudge":["X"],"gone":["Y"]}}')).toEqual({
      skip: ['X'],
    });
    expect(readChanges('{"version":2,"keys":{"skip":["X"]}}')).toEqual({});
  });
});

describe('the list of commands', () => {
  it('begins without conflicts', () => {
    for (const known of COMMAND_IDS) expect(keysHere({}).get(known), known).toEqual(COMMANDS[known].keys);
  });

  it('has no letter on the labeling screen that a class may have', () => {
    for (const { where, keys } of Object.values(COMMANDS)) {
      if (!overlap(where, 'label')) continue;
      for (const one of keys) if (/^.$/u.test(one)) expect(RESERVED_KEYS.has(one.toLowerCase()), one).toBe(true);
    }
  });
});

describe('changing a key', () => {
  const started = (keys: KeyChanges = {}) => {
    const kept = { keys };
    return { kept, changer: new KeyChanger(kept, PC) };
  };

  it('listens, asks, and swaps', () => {
    const { kept, changer } = started();
    changer.listen('skip');
    changer.press(press('Shift', 'ShiftLeft', { shiftKey: true }));
    expect(changer.isListening).toBe(true);
    changer.press(letter('j'));
    expect(changer.contest).toMatchObject({ key: 'J', losers: [{ id: 'next', gets: 'S' }] });
    expect(kept.keys).toEqual({});
    changer.confirm();
    expect([changer.id, kept.keys]).toEqual([null, { skip: ['J'], next: ['S'] }]);
  });

  it('says why not, goes on listening, and is left by Escape', () => {
    const { kept, changer } = started();
    changer.listen('skip');
    changer.press(press('Tab'));
    expect(changer.refused?.code).toBe('keys.reserved');
    expect(changer.isListening).toBe(true);
    changer.press(press('Escape'));
    expect([changer.id, changer.refused, kept.keys]).toEqual([null, null, {}]);
  });

  it('changes nothing by the key that is there', () => {
    const { kept, changer } = started();
    changer.listen('skip');
    changer.press(letter('s'));
    expect([changer.id, changer.contest, kept.keys]).toEqual([null, null, {}]);
  });
});
