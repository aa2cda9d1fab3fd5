import type { Format } from '#core/formats/format';
import type { ExportSettings } from '#core/model/project';

/**
 * What the export page says of the project's own settings for exports; '' where they say nothing.
 *
 * @param carries whether a format has a place for any of what the project holds
 */
export function configuredWords(
  { format, trainShare }: ExportSettings,
  formats: readonly Format[],
  carries: (format: Format) => boolean,
): string {
  const known = formats.find(({ id }) => id === format);
  if (format !== '' && !known)
    return `The project’s config asks for “${format}”, which this version of Concord cannot write.`;
  if (known && !carries(known))
    return `The project’s config asks for ${known.name}, which carries nothing of this project.`;
  const begins = [
    ...(known ? [known.name] : []),
    ...(trainShare === null
      ? []
      : [`${trainShare.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })} for training`]),
  ];
  return begins.length === 0 ? '' : `As the project’s config says: ${begins.join(', ')}.`;
}
