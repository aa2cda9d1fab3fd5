import type { Role } from './model/project';
import { pageErrors, type Wording } from './page-errors';
import type { Field } from './model/schema';

/**
 * The one catalogue of expected errors. An error says what is wrong, where (`path`: a file with its row, a field, a
 * commit), and what to do (`hint`). It is plain data, so it crosses workers and logs unchanged.
 */
export interface ConcordError {
  readonly code: ErrorCode;
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

const ROLE_WORDS: Readonly<Record<Role | 'none', string>> = {
  owner: 'an owner',
  reviewer: 'a reviewer',
  annotator: 'an annotator',
  viewer: 'a viewer',
  none: 'no member',
};

/** How a question that takes no single class is answered; `other`: nothing says how. */
const ANSWERED: Readonly<Record<Field['kind'] | 'other', string>> = {
  choice: 'by several classes',
  box: 'by boxes',
  span: 'by spans',
  other: 'otherwise than by one class',
};

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;

const inNumber = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** `line 3, 8, 12, …` */
const lineList = (lines: readonly number[]): string =>
  `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 10).join(', ')}${lines.length > 10 ? ', …' : ''}`;

/** The end of a sentence about a word that nobody knows. */
const theNearest = (nearest: string | null): string => (nearest === null ? '' : `; the nearest is “${nearest}”`);

const catalogue = {
  ...pageErrors,
  // Project and storage
  'project.unknown': () => ({
    message: 'This project is not on this device.',
    hint: 'Open it from the list of projects, or import its project file.',
  }),
  'project.elsewhere': () => ({
    message: 'This project is open in another tab.',
    hint: 'Continue there, or choose to use it here.',
  }),
  'project.evicted': () => ({
    message: 'The browser has deleted what it stored of this project.',
    hint: 'Open its project file again: what is in the file comes back. Delete the line in the list if you have none.',
  }),
  'role.lacking': (detail: { role: Role | 'none'; needed: Role }) => ({
    message: `This takes ${ROLE_WORDS[detail.needed]}, and you are ${ROLE_WORDS[detail.role]} of this project.`,
    hint: 'If the project is yours, enter its recovery code in Settings. Otherwise ask one of its owners.',
  }),
  'member.paused': (detail: { reason: string }) => ({
    message: `You are paused: ${detail.reason}.`,
    hint: 'Talk to whoever runs the project; an owner or a reviewer can let you go on.',
  }),
  'gold.unknown': () => ({
    message: 'The answer to this item is not known on this device.',
    hint: 'Set it first; or wait until a device that can read it has shared its key.',
  }),
  'gold.too-large': () => ({
    message: 'This answer is too large to be sealed.',
    hint: 'Choose an item with fewer regions.',
  }),
  'item.unknown': () => ({
    message: 'The project has no such item.',
    hint: 'It may have been removed; go back to the list of items.',
  }),
  'review.own': () => ({
    message: 'You labelled this item yourself.',
    hint: 'Somebody else has to look at it: go on with the next one.',
  }),
  'storage.full': () => ({
    message: 'The disk has no room left for this browser.',
    hint: 'Free some space, or delete a project that you have exported, and try again. What was saved before is safe.',
  }),
  'storage.failed': (detail: { reason: string }) => ({
    message: `The browser could not store this: ${detail.reason}`,
    hint: 'Reload the page. What was shown as saved is safe.',
  }),
  'peers.no-room': () => ({
    message: 'There is no room left for what others have: their images stop coming for now.',
    hint: 'Labeling goes on. Free some space on the disk, or give the images of others less room in Settings.',
  }),
  cancelled: () => ({ message: 'Cancelled.', hint: 'Nothing else was changed.' }),

  // Log
  'commit.malformed': (detail: { reason: string }) => ({
    message: `This is not a commit: ${detail.reason}.`,
    hint: 'The bytes were damaged or come from something else; fetch them again from another peer or file.',
  }),
  'commit.signature': () => ({
    message: 'The signature does not belong to this author and content.',
    hint: 'The commit was changed after it was signed, or was forged; it is not counted.',
  }),
  'commit.chain': (detail: { reason: string }) => ({
    message: `The commit does not continue its author's log: ${detail.reason}.`,
    hint: 'An earlier commit is missing or was changed; fetch the log again.',
  }),
  'commit.lamport': () => ({
    message: 'The logical clock of the commit is out of bounds.',
    hint: 'It must grow within its log and stay below 2^48; the commit is not counted.',
  }),
  'recovery.invalid': (detail: { reason: string }) => ({
    message: `This is not a recovery code: ${detail.reason}.`,
    hint: 'Compare it with the code that was shown when the project was founded: 14 groups of 4 letters and digits.',
  }),
  'recovery.other': () => ({
    message: 'This is the recovery code of another project.',
    hint: 'Each project has its own; look for the one that was shown when this project was founded.',
  }),
  'invite-link.wrong': () => ({
    message: 'This is not an invite link, or a character of it is not as it was sent.',
    hint: 'Open it where you got it, or copy it from there once more, from its beginning to its end.',
  }),
  'invite-link.cut': () => ({
    message: 'The end of this invite link is missing.',
    hint: 'Some programs cut long links: copy the whole of it, or ask for the QR code.',
  }),
  'invite-link.newer': () => ({
    message: 'This invite link was made by a newer version of Concord.',
    hint: 'Reload this page to get the newer version, and open the link again.',
  }),
  'invite.forged': () => ({
    message: 'This invite was not signed by whom it names.',
    hint: 'Do not use it. Ask somebody of the project for another link.',
  }),
  'invite.expired': () => ({
    message: 'This invite has expired.',
    hint: 'Ask whoever sent it for a new link. If it should still be good, look at the clock of this device.',
  }),
  'invite.unknown': () => ({
    message: 'The project has no such invite.',
    hint: 'Look at the list of invites on the People page.',
  }),
  'member.unknown': () => ({
    message: 'The project has no such member.',
    hint: 'Look at the list on the People page.',
  }),
  'member.self': () => ({
    message: 'Nobody changes their own role.',
    hint: 'Ask another owner of the project.',
  }),
  'member.outranked': () => ({
    message: 'This does not hold: another owner decided about this member, and their word stands above yours.',
    hint: 'Ask that owner; the Activity page shows who it was.',
  }),
  'name.missing': () => ({
    message: 'There is no name.',
    hint: 'Say what the others shall call you.',
  }),
  'log.awaited': () => ({
    message: 'What you did here before is not back yet.',
    hint: 'You deleted this project from this device. Your own work comes back from the others; then you can go on.',
  }),
  'log.forked': () => ({
    message: 'Two copies of this device’s key have gone on from one place, and what they say contradicts each other.',
    hint: 'What you did before that counts, and the rest is kept and shown in the activity. Ask for a new invite and open it in another browser.',
  }),
  'meeting.server': (detail: { reason: string }) => ({
    message: `This is not the address of a signaling server: ${detail.reason}.`,
    hint: 'It looks like wss://signal.example.org; whoever runs the server can tell.',
  }),
  'meeting.ice': (detail: { reason: string }) => ({
    message: `This is not a STUN or TURN server: ${detail.reason}.`,
    hint: 'Take it as whoever runs the server gives it.',
  }),
  'pairing.malformed': (detail: { reason: string }) => ({
    message: `This is not a pairing code: ${detail.reason}.`,
    hint: 'Copy the whole code, from its first to its last character, or scan it again.',
  }),
  'pairing.other-project': () => ({
    message: 'This pairing code belongs to another project.',
    hint: 'Open the same project on both devices, and begin again.',
  }),
  'pairing.wrong-step': (detail: { expected: 'offer' | 'answer' }) => ({
    message:
      detail.expected === 'offer'
        ? 'This is an answer; a first code is needed here.'
        : 'This is a first code; the answer of the other device is needed here.',
    hint: 'One device shows the first code, the other one answers with the second.',
  }),
  'pairing.stale': () => ({
    message: 'This code is not an answer to the code that is shown here.',
    hint: 'Each code works once, while its dialog stays open. Let the other device read the code that is shown now.',
  }),
  'pairing.failed': () => ({
    message: 'The two devices did not reach each other.',
    hint: 'Without a server they must be in the same network, which must let them talk to each other; guest networks often do not. Otherwise exchange project files.',
  }),
  'update.refused': (detail: { reason: string }) => ({
    message: `The update is not a plain append: ${detail.reason}.`,
    hint: 'It is not applied; ask the peer again.',
  }),

  'peer.garbage': () => ({
    message: 'A peer sent something that is no message of this version of Concord.',
    hint: 'Reload the page on both devices, so that they run the same version.',
  }),

  'chunk.malformed': (detail: { reason: string }) => ({
    message: `A batch of items cannot be read: ${detail.reason}.`,
    hint: 'Its bytes were damaged; fetch it again from another peer or file.',
  }),

  'import.unknown-kind': () => ({
    message: 'This kind of file cannot be labelled.',
    hint: 'Import images, text files, or tables (CSV, TSV, JSON, JSONL), or a zip or folder of them.',
  }),
  'import.no-column': (detail: { column: string }) => ({
    message: `The table has no column “${detail.column}”.`,
    hint: 'Choose another column for the items.',
  }),
  'import.empty': () => ({
    message: 'There is no text here.',
    hint: 'Fill it in the source, or leave it out; the rest was imported.',
  }),
  'import.url': () => ({
    message: 'This is not a web address of an image.',
    hint: 'Addresses begin with https:// or http://; correct it in the source and import it again.',
  }),
  'import.too-many-classes': () => ({
    message: 'The field has as many classes as it can hold (10,000).',
    hint: 'The item was imported without this label; is this really the column of labels?',
  }),
  'import.long-class': () => ({
    message: 'This label is too long for the name of a class.',
    hint: 'The item was imported without it; is this really the column of labels?',
  }),
  'import.contradiction': (detail: { labels: readonly string[]; former: readonly string[] }) => ({
    message: `The same item occurs before with another label: “${detail.former.join(', ')}”, here “${detail.labels.join(', ')}”.`,
    hint: 'It was imported once, with the first label; check it in Items.',
  }),

  'import.too-many-fields': () => ({
    message: 'The project has as many questions as it can hold (200).',
    hint: 'The items were imported without the answers to this one.',
  }),
  'import.image-absent': () => ({
    message: 'This image is neither among the files nor in the project, so its labels have nothing to stand on.',
    hint: 'Import the images together with their labels, or before them under the same file names.',
  }),
  'import.image-ambiguous': (detail: { items: number }) => ({
    message: `${detail.items} images of the project have this name, so its labels were left out.`,
    hint: 'Import the labels together with their images, or with paths that tell these apart.',
  }),
  'import.image-other': () => ({
    message: 'The image file is not the one that its record describes.',
    hint: 'It was changed after the export; import it by itself, or take the original.',
  }),
  'import.authors': (detail: { items: number }) => ({
    message: `${detail.items.toLocaleString('en')} items were labelled by others; what each counts as was taken over, under your name.`,
    hint: 'Nobody can sign for somebody else. To keep who said what, hand over the project itself.',
  }),
  'import.incomplete': (detail: { items: number; fields: readonly string[] }) => ({
    message: `${detail.items.toLocaleString('en')} items lack an answer to “${detail.fields.join('”, “')}”; their labels became suggestions.`,
    hint: 'Answer it item by item, or say in Settings that it may be left open and import the file again.',
  }),

  'export.unknown-format': () => ({
    message: 'There is no such format.',
    hint: 'Choose one of the formats that the export page lists.',
  }),
  'export.empty': () => ({
    message: 'There is nothing to export.',
    hint: 'Import items first, or export more than what is chosen now.',
  }),

  // Values and schema
  'text.too-long': (detail: { limit: number }) => ({
    message: `This text is longer than ${detail.limit} characters.`,
    hint: 'Shorten it; what you typed is kept.',
  }),
  /** `command`: what the key does already; `holder`: the class that has it; both null where it is not one character. */

  // Import
  'file.unreadable': (detail: { reason: string }) => ({
    message: `The file could not be read: ${detail.reason}.`,
    hint: 'It may have been moved or changed since it was picked; pick it again.',
  }),
  'file.too-large': (detail: { bytes: number; limit: number }) => ({
    message: `The file has ${mebibytes(detail.bytes)}; at most ${mebibytes(detail.limit)} can be read at once.`,
    hint: 'Split it, or save a table as CSV or JSON Lines, which are read piece by piece.',
  }),
  'text.malformed': (detail: { encoding: string; bytes: number; lines: readonly number[] }) => ({
    message: `${detail.bytes} bytes are not valid ${detail.encoding.toUpperCase()} and were replaced by “\ufffd” (${lineList(detail.lines)}).`,
    hint: 'The text was kept otherwise. Save the file as UTF-8 and import it again to have these characters.',
  }),
  'text.surrogate': (detail: { column: string }) => ({
    message: `Half of a character in “${detail.column}” was replaced by “\ufffd”.`,
    hint: 'An emoji was cut in two by the program that wrote the file; export it again from there to have it whole.',
  }),
  'table.empty': () => ({
    message: 'The table has no rows.',
    hint: 'It needs one line with the names of the columns, and a line for each item.',
  }),
  'table.quotes': (detail: { line: number }) => ({
    message: `The quotes of the record that begins in line ${detail.line} are not balanced.`,
    hint: 'Close the quote, or write a quote within a quoted cell twice (""). Only this line was left out.',
  }),
  'table.length': (detail: { line: number }) => ({
    message: `Line ${detail.line} is too long to be one record.`,
    hint: 'Check that the file is a table and that its lines end where they should.',
  }),
  'table.cells': (detail: { line: number; expected: number; found: number }) => ({
    message: `Line ${detail.line} has ${detail.found} cells; the header names ${detail.expected} columns.`,
    hint: 'Put cells that contain the separator into quotes, or fill up the missing ones.',
  }),
  'table.columns': (detail: { found: number; limit: number }) => ({
    message: `The table has ${detail.found} columns; at most ${detail.limit} can be imported.`,
    hint: 'Keep the columns with the text, its label and what is worth seeing beside them.',
  }),
  'table.header': (detail: { column: number; name: string; renamed: string }) => ({
    message: `Column ${detail.column} is ${detail.name === '' ? 'unnamed' : `a second “${detail.name}”`}; it is called “${detail.renamed}” here.`,
    hint: 'Nothing is lost. Name the column in the file if you want another name.',
  }),
  'table.late-column': (detail: { column: string; records: number }) => ({
    message: `The column “${detail.column}” does not occur in the first ${detail.records} records and was left out.`,
    hint: 'Give it to one of the first records (its value may be empty) and import the file again.',
  }),
  'json.invalid': (detail: { reason: string }) => ({
    message: `This is not valid JSON: ${detail.reason}.`,
    hint: 'Correct it there, or export the data again as JSON, JSON Lines or CSV.',
  }),
  'json.shape': (detail: { found: string }) => ({
    message: `A list of records was expected, not ${detail.found}.`,
    hint: 'Use a list of objects, an object whose "data" is such a list, or one object in each line.',
  }),
  'zip.invalid': (detail: { reason: string }) => ({
    message: `The zip could not be read: ${detail.reason}.`,
    hint: 'It may be incomplete; download or create it again.',
  }),
  'zip.entry': (detail: { reason: string }) => ({
    message: `The file in the zip is damaged: ${detail.reason}.`,
    hint: 'Create the zip again; the other files in it were read.',
  }),
  'zip.path': () => ({
    message: 'The path leads out of the zip, or is not a plain relative path.',
    hint: 'The file was left out. Create the zip from within the folder that holds the files.',
  }),
  'zip.duplicate': () => ({
    message: 'The zip holds two files with this path; only the first was read.',
    hint: 'Create the zip again with one of them.',
  }),
  'zip.encrypted': () => ({
    message: 'The file in the zip is encrypted.',
    hint: 'Unpack the zip with its password and import the files.',
  }),
  'zip.bomb': (detail: { reason: string }) => ({
    message: `The zip was not unpacked: ${detail.reason}.`,
    hint: 'If the content is what you expect, unpack it with another program and import the files.',
  }),
  'image.unreadable': (detail: { reason: string }) => ({
    message: `The image cannot be shown: ${detail.reason}.`,
    hint: 'Open it in an image program and save it again as PNG or JPEG, or fetch the original once more.',
  }),
  'image.too-large': (detail: { width: number; height: number; limit: number }) => ({
    message: `The image has ${detail.width} × ${detail.height} pixels; at most ${detail.limit / 1e6} megapixels can be shown.`,
    hint: 'Scale it down, or cut it into tiles, and import these.',
  }),
  'dataset.invalid': (detail: { reason: string }) => ({
    message: `The data set cannot be read: ${detail.reason}.`,
    hint: 'Export it again from where it came; the other records were read.',
  }),
  'dataset.record': (detail: { reason: string }) => ({
    message: `This was left out: ${detail.reason}.`,
    hint: 'Correct it in the file and import it again; the rest was read.',
  }),
  'dataset.adjusted': (detail: { reason: string }) => ({
    message: `This was read otherwise than it is written: ${detail.reason}.`,
    hint: 'Nothing else was changed. Correct it in the file if something else is meant.',
  }),

  // Config
  'config.invalid': (detail: { reason: string }) => ({
    message: `The config cannot be used: ${detail.reason}.`,
    hint: 'Correct it there; nothing was made of it.',
  }),
  /** `where`: what the keys stand in; `nearest`: the known key that was likely meant. */
  'config.unknown-key': (detail: { key: string; where: string; nearest: string | null; known: readonly string[] }) => ({
    message: `${detail.where} has no key “${detail.key}”${theNearest(detail.nearest)}.`,
    hint: `It may have: ${detail.known.join(', ')}.`,
  }),
  /** `what`: what the words are, as in `“x” is no task type`. */
  'config.unknown-word': (detail: {
    word: string;
    what: string;
    nearest: string | null;
    known: readonly string[];
  }) => ({
    message: `“${detail.word}” is no ${detail.what}${theNearest(detail.nearest)}.`,
    hint: `Known are: ${detail.known.join(', ')}.`,
  }),
  'config.value': (detail: { what: string; expected: string; found: string }) => ({
    message: `${detail.what} must be ${detail.expected}, not ${detail.found}.`,
    hint: 'Correct it there; nothing was made of the config.',
  }),
  'config.duplicate': (detail: { what: string }) => ({
    message: `${detail.what} occurs twice.`,
    hint: 'Keep one of the two.',
  }),
  'config.missing': (detail: { what: string; where: string }) => ({
    message: `${detail.where} lacks ${detail.what}.`,
    hint: 'Add it; docs/CONFIG.md has an example.',
  }),
  'config.conflict': (detail: { one: string; other: string }) => ({
    message: `“${detail.one}” and “${detail.other}” cannot stand together.`,
    hint: 'Keep one of the two.',
  }),
  'config.no-classes': (detail: { question: string }) => ({
    message: `No classes are named for “${detail.question}”.`,
    hint: 'Name them before the work begins: here, in Settings, or by importing files that are labelled.',
  }),
  'config.keys-unused': (detail: { limit: number }) => ({
    message: `The keys of these classes are not used: only up to ${detail.limit} classes have keys.`,
    hint: 'Among more, classes are found by typing their names, and digits choose the recent ones.',
  }),
  'config.checkpoint': (detail: { file: string; exporter: string }) => ({
    message: `No browser can run “${detail.file}”; it is kept as a note.`,
    hint: `Export it to ONNX, and name that file here: ${detail.exporter}`,
  }),
  'config.later': (detail: { what: string; instead: string }) => ({
    message: `${detail.what} is kept, but this version of Concord does nothing with it yet.`,
    hint: detail.instead,
  }),
  'config.format-unfit': (detail: { format: string; why: string; fitting: readonly string[] }) => ({
    message: `The format “${detail.format}” does not fit this project: ${detail.why}.`,
    hint: `These carry all that it asks: ${detail.fitting.join(', ')}.`,
  }),

  // Project files
  'project-file.invalid': (detail: { reason: string }) => ({
    message: `This is not an intact project file: ${detail.reason}.`,
    hint: 'Save it again from the project, or take another copy. Nothing of it was taken over.',
  }),
  /** What a verification finds; opening such a file is `project-file.invalid` or `commit.…`. */
  'project-file.part': (detail: { reason: string }) => ({
    message: `This part of the project file is not as it should be: ${detail.reason}.`,
    hint: 'Save the project file again from a device that has the project, or take another copy.',
  }),
  'project-file.newer': () => ({
    message: 'This project file was saved by a newer version of Concord.',
    hint: 'Update Concord, and open it again. Nothing of it was taken over.',
  }),
  'project-file.other': (detail: { name: string }) => ({
    message: `This is a file of another project, “${detail.name}”.`,
    hint: 'Open it on the first page, where it stands beside this one; two projects cannot be merged.',
  }),

  // Command line
  'usage.command': (detail: { command: string; nearest: string | null }) => ({
    message: `There is no command “${detail.command}”${theNearest(detail.nearest)}.`,
    hint: '`concord help` lists the commands.',
  }),
  'usage.option': (detail: { option: string; command: string; nearest: string | null }) => ({
    message: `“concord ${detail.command}” has no option “${detail.option}”${theNearest(detail.nearest)}.`,
    hint: `\`concord ${detail.command} --help\` lists its options.`,
  }),
  'usage.value': (detail: { option: string; expected: string; found: string }) => ({
    message: `“${detail.option}” must be ${detail.expected}${detail.found === '' ? '' : `, not “${detail.found}”`}.`,
    hint: 'Nothing was done.',
  }),
  'usage.word': (detail: { option: string; word: string; nearest: string | null; known: readonly string[] }) => ({
    message: `“${detail.option}” cannot be “${detail.word}”${theNearest(detail.nearest)}.`,
    hint: detail.known.length === 0 ? 'There is nothing to choose.' : `It can be: ${detail.known.join(', ')}.`,
  }),
  'usage.operands': (detail: { usage: string }) => ({
    message: `It is used as: ${detail.usage}`,
    hint: 'Nothing was done.',
  }),
  'usage.missing': (detail: { option: string; otherwise: string }) => ({
    message: `“${detail.option}” is needed${detail.otherwise}.`,
    hint: 'Nothing was done.',
  }),
  'file.exists': () => ({
    message: 'There is something here already.',
    hint: 'Choose another path, or say by --force that it may be overwritten.',
  }),
  'file.unwritable': (detail: { reason: string }) => ({
    message: `This could not be written: ${detail.reason}.`,
    hint: 'Nothing half written was left behind.',
  }),

  // Snapshots
  'snapshot.unknown': () => ({
    message: 'The project has no such snapshot.',
    hint: 'Go back to the list of snapshots: who took it may have lost the right to.',
  }),
  'snapshot.unnamed': () => ({
    message: 'A snapshot needs a name.',
    hint: 'Say what it is kept for, such as “first delivery”.',
  }),
  'snapshot.incomplete': (detail: { commits: number; chunks: number }) => ({
    message:
      detail.commits > 0
        ? `${inNumber(detail.commits, 'commit')} of this snapshot ${detail.commits === 1 ? 'has' : 'have'} not come to this device yet.`
        : `${inNumber(detail.chunks, 'list')} of this snapshot’s items ${detail.chunks === 1 ? 'has' : 'have'} not come to this device yet.`,
    hint: 'Stay connected to somebody who has them, or open their project file, and try again.',
  }),
  'snapshot.branch': (detail: { author: string }) => ({
    message: `The log of ${detail.author} is not the one that was here when the snapshot was taken: it was forked, and this device has the other branch.`,
    hint: 'Export the snapshot on the device that took it.',
  }),
  'snapshot.invalid': (detail: { reason: string }) => ({
    message: `This snapshot names no state of the project: ${detail.reason}.`,
    hint: 'Whoever took it used a damaged or a hostile program. Take a new one.',
  }),
  'snapshot.ambiguous': (detail: { name: string; known: readonly string[] }) => ({
    message: `${detail.known.length} snapshots are called “${detail.name}”.`,
    hint: `Give one of these instead of the name: ${detail.known.join('; ')}.`,
  }),

  // Ratings
  'ratings.columns': (detail: { missing: readonly string[]; found: readonly string[] }) => ({
    message: `The table has no column “${detail.missing.join('”, “')}”; it has “${detail.found.join('”, “')}”.`,
    hint: 'It needs the columns item, annotator and label, with one row for each label; others are not looked at.',
  }),
  'ratings.row': (detail: { reason: string }) => ({
    message: `This was left out: ${detail.reason}.`,
    hint: 'Correct it in the file; everything else was counted.',
  }),
  'ratings.unknown-class': (detail: { label: string; order: readonly string[] }) => ({
    message: `The label “${detail.label}” is not in the order ${detail.order.join(', ')}.`,
    hint: 'Correct the label, or give --order every label there is, from the lowest to the highest.',
  }),
  'ratings.same-number': (detail: { kept: string; other: string }) => ({
    message: `“${detail.other}” and “${detail.kept}” are one number, and count as one category.`,
    hint: 'Give both by --order if they are two.',
  }),
  /** `field` null: none was chosen. */
  'ratings.field': (detail: { field: string | null; known: readonly string[] }) => ({
    message:
      detail.field === null
        ? `The file answers ${detail.known.length} questions: ${detail.known.join(', ')}.`
        : `The file has no question “${detail.field}”.`,
    hint:
      detail.known.length === 0
        ? 'It has none that is answered by one class.'
        : `Choose one by --field: ${detail.known.join(', ')}.`,
  }),
  'ratings.kind': (detail: { field: string; kind: Field['kind'] | 'other' }) => ({
    message: `“${detail.field}” is answered ${ANSWERED[detail.kind]}, and only questions that are answered by one class can be computed from a file.`,
    hint: 'For the others, save the project as a file: `concord report FILE.concord` has their figures, as the Quality page has.',
  }),
  'ratings.project-file': () => ({
    message: 'This is a project file, with all of its questions.',
    hint: 'Use `concord report`, or export it as JSON Lines and give the folder.',
  }),
  'ratings.repeated': (detail: { readings: number }) => ({
    message:
      detail.readings === 1
        ? 'One label was set aside: its annotator labelled the same item again.'
        : `${detail.readings.toLocaleString('en')} labels were set aside: their annotators labelled the same items again.`,
    hint: 'Agreement counts one label by each annotator of an item, the last one.',
  }),

  // Consensus
  'truth.empty': () => ({
    message: 'Nobody has labelled anything here, so there is nothing to make a consensus of.',
    hint: 'Check that the column of labels is filled.',
  }),
  'truth.no-overlap': () => ({
    message: 'No two people have labelled the same item, so nobody can be compared with anybody.',
    hint: 'Let some items be labelled by several people.',
  }),
  'truth.too-many-classes': (detail: { classes: number }) => ({
    message: `With ${detail.classes.toLocaleString('en')} classes and so many annotators, their confusion matrices do not fit into memory.`,
    hint: 'Choose a method that has one skill for each annotator: one-coin, mace or wawa.',
  }),

  // Export
  'export.carries-nothing': (detail: { format: string; why: string }) => ({
    message: `The format “${detail.format}” carries nothing of this project: ${detail.why}.`,
    hint: 'Choose another; `concord export --help` lists all.',
  }),
  'export.images-absent': (detail: { images: number }) => ({
    message: `${detail.images.toLocaleString('en')} images are not in the project file, and so not in the export.`,
    hint: 'Save the project file with its images, or export from the device that has them.',
  }),
  'export.failed': (detail: { reason: string }) => ({
    message: `The export could not be written: ${detail.reason}.`,
    hint: 'Free some disk space and try again. The project itself is untouched.',
  }),
} as const satisfies Record<string, (detail: never) => Wording>;

type Catalogue = typeof catalogue;
export type ErrorCode = keyof Catalogue;

/**
 * Builds an error from the catalogue.
 *
 * @param path where: a file with its row (`train.csv, row 12`), a field id, an author and commit; '' when there is none
 */
export function fault<C extends ErrorCode>(code: C, path: string, ...detail: Parameters<Catalogue[C]>): ConcordError {
  const wording = (catalogue[code] as (...detail: Parameters<Catalogue[C]>) => Wording)(...detail);
  return { code, path, ...wording };
}
