import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTurns } from '#core/text/turns';

const turn = (speaker: string, text: string) => ({ speaker, text });

it.each([
  ['nothing', '', []],
  ['blanks', ' \n\t\n', []],
  ['one utterance', 'Hello there', [turn('', 'Hello there')]],
  ['a list of strings', '["Hi", "What is it?"]', [turn('', 'Hi'), turn('', 'What is it?')]],
  ['a list of strings with speakers', '["User: Hi", "Bot: Yes?"]', [turn('User', 'Hi'), turn('Bot', 'Yes?')]],
  ['speaker and text', '[{"speaker": "Ann", "text": "Hi\\nyou"}]', [turn('Ann', 'Hi\nyou')]],
  ['role and content', '[{"role": "user", "content": "Hi"}]', [turn('user', 'Hi')]],
  ['from and value', '[{"from": "gpt", "value": "Hi: you"}]', [turn('gpt', 'Hi: you')]],
  ['utterance without a speaker', '[{"utterance": "Hi", "turn": 3}]', [turn('', 'Hi')]],
  ['an empty list', '[]', []],
  ['lines with speakers', 'Ann: Hi\nBob:  Yes?', [turn('Ann', 'Hi'), turn('Bob', 'Yes?')]],
  ['lines that go on', 'Ann: Hi\nI need help\r\nBob: Yes?', [turn('Ann', 'Hi\nI need help'), turn('Bob', 'Yes?')]],
  ['a first line without a speaker', 'Hi\nBob: Yes?', [turn('', 'Hi'), turn('Bob', 'Yes?')]],
  ['lines without speakers', 'Hi\n\nYes?', [turn('', 'Hi'), turn('', 'Yes?')]],
  ['bars between turns', 'Ann: Hi|Bob: Yes?', [turn('Ann', 'Hi'), turn('Bob', 'Yes?')]],
  ['speakers in other scripts', 'Jürgen M.: Hallo', [turn('Jürgen M.', 'Hallo')]],
  ['an address is no speaker', 'see https://example.org', [turn('', 'see https://example.org')]],
  ['a broken list is a text', '[1, 2', [turn('', '[1, 2')]],
  ['a list of other things is a text', '[{"a": 1}]', [turn('', '[{"a": 1}]')]],
  ['half of a character', '["\\ud83d"]', [turn('', '\ufffd')]],
])('%s', (_, cell, expected) => {
  expect(parseTurns(cell)).toEqual(expected);
});

it('gives back what was written as JSON, and never throws', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
  const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(fc.array(fc.record({ speaker: fc.string(), text: word }), { maxLength: 5 }), (turns) => {
      expect(parseTurns(JSON.stringify(turns))).toEqual(turns);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: codeUnit }), (cell) => {
      for (const { text } of parseTurns(cell)) expect(text.trim()).not.toBe('');
    }),
  );
});
