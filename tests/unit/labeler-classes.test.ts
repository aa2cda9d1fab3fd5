import { describe, expect, test } from 'vitest';
import { assignKeys, isClassKey, keysOf, RESERVED_KEYS } from '#core/model/hotkeys';
import type { ClassDefinition } from '#core/model/schema';
import { indexClasses, searchClasses } from '#core/text/class-search';

const named = (name: string, key = ''): ClassDefinition => ({ id: name, name, key, color: '#000000', description: '' });
const keys = (...classes: ClassDefinition[]): string =>
  assignKeys(classes)
    .map((given) => given.key || '.')
    .join('');

describe('assignKeys', () => {
  const several = (count: number) => Array.from({ length: count }, (_, index) => named(`c${index}`));

  test.each([
    ['digits first, then letters that are no commands', keys(...several(12)), '1234567890ac'],
    ['more classes than have keys: none has one', keys(...several(12), named('d', 'x')), '.............'],
    ['keeps what is there', keys(named('a'), named('b', '1'), named('c', 'x'), named('d')), '21x3'],
    ['the earlier of two equal keys stays', keys(named('a', 'x'), named('b', 'x')), 'x1'],
    [
      'reserved, upper-case and long keys are replaced',
      keys(named('a', 's'), named('b', 'A'), named('c', '12')),
      '123',
    ],
    ['a digit has its own key', keys(named('0'), named('one'), named('1'), named('2', '2'), named('4')), '03124'],
    ['keys of any script are kept', keys(named('a', 'ж'), named('b', '한')), 'ж한'],
  ])('%s', (_label, given, expected) => {
    expect(given).toBe(expected);
  });

  test('keys of other fields are taken', () => {
    expect(assignKeys([named('a'), named('b', '2')], ['1', '2']).map((given) => given.key)).toEqual(['3', '4']);
  });

  test('no command can be a class key', () => {
    for (const key of RESERVED_KEYS.keys()) expect(isClassKey(key)).toBe(false);
  });

  test('when the keys of other fields leave none, the rest go without', () => {
    const taken = Array.from('1234567890acdeimoqu');
    expect(assignKeys(several(5), taken).map(({ key }) => key)).toEqual(['w', 'x', 'y', '', '']);
  });

  test('beside a field whose classes are searched, digits are its recent ones', () => {
    expect(assignKeys(several(2), keysOf(several(13))).map(({ key }) => key)).toEqual(['0', 'a']);
    expect(keysOf([named('a', 'q'), named('b')])).toEqual(['q']);
  });
});

describe('searchClasses', () => {
  const index = indexClasses(
    ['card_arrival', 'arrival_of_card', 'lost or stolen card', 'Card', 'discard', 'Überweisung', 'C++', 'C#'].map(
      (name) => named(name),
    ),
  );
  const found = (query: string): string[] => searchClasses(index, query).map((definition) => definition.name);

  test.each([
    ['nothing typed gives all in order', '  ', index.map(({ definition }) => definition.name)],
    [
      'the name itself first, then by where it stands',
      'card',
      ['Card', 'card_arrival', 'arrival_of_card', 'lost or stolen card', 'discard'],
    ],
    ['several parts, in order before out of order', 'car arr', ['card_arrival', 'arrival_of_card']],
    ['any order', 'arr car', ['arrival_of_card', 'card_arrival']],
    ['without diacritics', 'uber', ['Überweisung']],
    ['with diacritics', 'ÜBER', ['Überweisung']],
    ['signs only', '++', ['C++']],
    [
      'a name of signs exactly',
      'c#',
      ['C#', 'card_arrival', 'Card', 'C++', 'arrival_of_card', 'lost or stolen card', 'discard'],
    ],
    ['nothing fits', 'zebra', []],
  ])('%s', (_label, query, expected) => {
    expect(found(query)).toEqual(expected);
  });
});
