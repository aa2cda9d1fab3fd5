import type { FormatOption, FormatOptions } from './format';

/** The chosen value of an option: its default where none, or an unknown one, was chosen. */
export function chosen(option: FormatOption, options: FormatOptions): string {
  const value = Object.hasOwn(options, option.id) ? options[option.id] : undefined;
  return option.choices.find((choice) => choice.value === value)?.value ?? option.default;
}
