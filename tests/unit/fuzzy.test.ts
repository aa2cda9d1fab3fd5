import { describe, expect, it } from 'vitest';
import { fuzzyRank, fuzzyText } from '#core/text/fuzzy';

const rank = (text: string, typed: string) => fuzzyRank(fuzzyText(text), fuzzyText(typed));

describe('how well a text fits what is typed', () => {
  it.each([
    ['Skip', 'skip', 0],
    ['Café au lait', 'CAFE AU LAIT', 0],
    ['Guidelines and details', 'guidel', 1],
    ['card_arrival', 'card_a', 1],
    ['Guidelines and details', 'gui det', 2],
    ['card_arrival', 'card arr', 2],
    ['Guidelines and details', 'and det', 3],
    ['New York City', 'york', 3],
    ['Guidelines and details', 'det gui', 4],
    ['card_arrival', 'arr car', 4],
    ['Guidelines and details', 'gd', 5],
    ['Guidelines and details', 'guidet', 5],
    ['Save project file', 'spf', 5],
    ['a ab c', 'aabc', 5],
    ['Guidelines and details', 'lines', 6],
    ['C++', '+', 6],
    ['Guidelines and details', 'guidlnes', 7],
    ['Export', 'exprt', 7],
    ['Export', 'et', null],
    ['Export', 'import', null],
    ['Export', 'xpo', 6],
    ['Guidelines and details', 'gxd', null],
    ['C#', '+', null],
    ['', 'a', null],
    ['anything', '', 1],
    ['Straße', 'strasse', null],
    ['猫と犬', '猫', 1],
  ])('%s, typed %s: %s', (text, typed, expected) => {
    expect(rank(text, typed)).toBe(expected);
  });

  it('takes no longer for a name that was made to', () => {
    // Ways to choose 24 of 200 equal words: more than there are atoms in the body that would wait for them.
    expect(rank('a '.repeat(200), `${'a'.repeat(24)}b`)).toBe(null);
  });
});
