import { describe, expect, test } from 'vitest';
import { imageReference, referencedImage } from '#core/model/image-reference';
import { insertBlocks, toggleBold, toggleList, type Selected } from '#ui/settings/markdown-edits.ts';

/** A text in which `[` and `]` enclose what is selected; `|` is a caret. */
function selected(marked: string): Selected {
  const text = marked.replace(/[[\]|]/g, '');
  const from = marked.search(/[[|]/);
  const to = marked.includes('|') ? from : marked.indexOf(']') - 1;
  return { text, from, to };
}
const marked = ({ text, from, to }: Selected): string =>
  from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;

describe('edits of Markdown', () => {
  test.each([
    ['bold', toggleBold, 'a [cat] sat', 'a **[cat]** sat'],
    ['plain again', toggleBold, 'a **[cat]** sat', 'a [cat] sat'],
    ['bold to come', toggleBold, 'a |', 'a **|**'],
    ['a list', toggleList, 'a\n[b\nc]\nd', 'a\n[- b\n- c]\nd'],
    ['lines again', toggleList, '[- b\n- c]', '[b\nc]'],
    ['an item at the caret', toggleList, 'a\nb|', 'a\n- b|'],
  ] as const)('%s', (_, edit, before, after) => {
    expect(marked(edit(selected(before)))).toBe(after);
  });

  test('images stand by themselves, the first one described next', () => {
    const image = '![x](blob:1)';
    expect(insertBlocks({ text: '', from: 0, to: 0 }, [image])).toEqual({ text: `${image}\n`, from: 2, to: 3 });
    expect(insertBlocks({ text: 'ab', from: 1, to: 1 }, [image, image]).text).toBe(`a\n\n${image}\n\n${image}\n\nb`);
    expect(insertBlocks({ text: 'a\n\nb', from: 3, to: 3 }, [image]).text).toBe(`a\n\n${image}\n\nb`);
  });
});

describe('references to images', () => {
  const hash = `${'a'.repeat(51)}q`;
  test.each([
    [imageReference(hash), hash],
    [`blob:${'a'.repeat(51)}b`, null],
    ['blob:http://127.0.0.1/8f2c', null],
    ['https://example.com/cat.png', null],
    [`${imageReference(hash)}#x`, null],
  ])('%s', (address, expected) => {
    expect(referencedImage(address)).toBe(expected);
  });
});
