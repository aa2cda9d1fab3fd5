import type { Turn } from '../../model/item';
import type { Urgency } from '../schema';

/** A message that is written by hand: long, in a dialogue, or in other scripts. */
export interface Letter {
  readonly channel: 'letter' | 'chat' | 'radio';
  /** See `fill`. */
  readonly pattern: string;
  readonly context?: readonly Turn[];
  readonly urgency: Urgency;
}

export const LETTERS: readonly Letter[] = [
  {
    channel: 'letter',
    urgency: 'can-wait',
    pattern: `Dear harbour office,

for thirty-one years I have kept the {boat=Ingeborg} at {berth=B 14}, and in all that time I have written to you twice: once about the eel, and once about the roof of the {place=ice house}. This is the third time, so you may guess that I do not do it lightly.

On {time=Friday}, when I came down at {time=six} as I always do, there stood a machine beside my berth. It wants coins for water. I have nothing against coins. But the machine hums, it hums in F sharp, and the {boat=Ingeborg} has a tuning of her own, as every wooden boat has; between the two of them nobody at {berth=pontoon B} can sleep. My neighbour on the {boat=Hope} has moved to her sister’s. I hope that tells you something.

Could the machine stand by the {place=Customs Steps}, where nobody lives but cats? I would carry it there myself, were it not for my back.

With respect,
K. Lindqvist, formerly of the pilot cutter {boat=Tern}`,
  },
  {
    channel: 'letter',
    urgency: 'today',
    pattern: `Report of the night watch, {time=Saturday} to {time=Sunday}.

{time=22:10} {boat=Lucky Penny} in from the islands, {berth=C 7}, all well.
{time=23:45} Music on the {place=slipway}. Asked for quiet; got it.
{time=01:20} {boat=Störtebeker} reports a loose buoy north of {place=Gull Rock}. Noted for the morning.
{time=03:05} Lights on at the {place=pump house}, nobody there. Switched off.
{time=04:40} Water in the {place=inner basin} 20 cm above the mark, and the {place=sluice} does not close by itself. Closed it by hand.
{time=05:30} Handed over to the day watch. The {place=sluice} needs a fitter before {time=high water at 17:10}, or {berth=pontoon D} goes under again.`,
  },
  {
    channel: 'letter',
    urgency: 'can-wait',
    pattern: `To whom it may concern, or better, to whoever sorts the post:

the leaflet that you handed out on {time=Wednesday} says that the {place=swing bridge} swings at {time=nine}, at {time=noon} and at {time=four}. The board at the bridge says {time=half past nine}, {time=noon} and {time=half past four}. The bridge itself, as I could see from the {boat=Wanderlust} in the course of three long days, swings when the {boat=Étoile du Nord} wants to pass, and at no other time.

I do not ask for much. Either change the leaflet, or the board, or the bridge. If you need somebody to stand at {place=Lantern Point} with a watch and write down what really happens: I have the time, a chair and a thermos flask.

P. S. The drawing on the leaflet is lovely. Is that the {boat=Rosalind} at {berth=E 9}? My grandmother learned to sail in her.`,
  },
  {
    channel: 'radio',
    urgency: 'now',
    pattern: `Transcript, channel 16, {time=0312} to {time=0319}.
“Harbour, harbour, this is {boat=Fair Isle}, {boat=Fair Isle}, we have struck something, position one mile off {place=Seal Sands}, say again, {place=Seal Sands}.” – “{boat=Fair Isle}, harbour, how many on board?” – “Six, of them two hurt. Water over the floorboards.” – “Understood. {boat=Pilot 3} leaves {berth=slip 4} now, with you at {time=0335}.” – “We may not have until {time=0335}.” – “{boat=Quiet Storm} here, I am at {place=buoy 7}, ten minutes. Turning round.”`,
  },
  {
    channel: 'chat',
    urgency: 'now',
    context: [
      { speaker: 'Harbour office', text: 'Good evening, what can we do for you?' },
      { speaker: 'Guest', text: 'we are on the Juno, it is our first time out at night' },
      { speaker: 'Harbour office', text: 'Welcome. Is everything all right on board?' },
      { speaker: 'Guest', text: 'yes only there are two white lights ahead and they do not move apart' },
      { speaker: 'Harbour office', text: 'One above the other, and getting higher?' },
    ],
    pattern:
      'yes. and now there is a horn. we are between {place=Lantern Point} and the {place=Old Mole}, what do we do',
  },
  {
    channel: 'chat',
    urgency: 'can-wait',
    context: [
      { speaker: 'Guest', text: 'Can the Bosun have a berth with shade? She is black and gets hot.' },
      { speaker: 'Harbour office', text: 'C 11 is behind the chandler’s, in the shade from three on. Would that do?' },
    ],
    pattern:
      'That would do nicely. From {time=Thursday}, then, and {berth=C 11} it is. 🐈‍⬛ The {boat=Bosun} sends her thanks.',
  },
  {
    channel: 'letter',
    urgency: 'today',
    pattern:
      'Moin! Die {boat=Käthe} liegt seit {time=heute früh} quer vor {berth=B 3}, der Festmacher ist durchgescheuert. Könnt ihr nach dem Rechten sehen, bevor’s {time=um fünf} auffrischt? Schöne Grüße vom {place=Alten Leuchtturm}, Jürgen',
  },
  {
    channel: 'letter',
    urgency: 'can-wait',
    pattern:
      'Bonjour, l’{boat=Île de Bréhat} arrivera {time=samedi vers 15 h}. Y a-t-il une place à côté de la {boat=Dorothea}, au {berth=ponton F} ? Nous apportons du cidre.',
  },
  {
    channel: 'chat',
    urgency: 'today',
    pattern:
      'שלום, האור בקצה {place=שובר הגלים} כבוי מאז {time=אתמול בערב}. הסירה {boat=Hope} כמעט פגעה בו בכניסה לרציף {berth=A-02}.',
  },
  {
    channel: 'chat',
    urgency: 'can-wait',
    pattern:
      '🎉 {boat=Anna Lena} is 100 years old on {time=12 June} 🎂⛵️ All are welcome at {berth=E 17}, from {time=3 pm} until the cake is gone. Bring a song, not a present 👨‍👩‍👧‍👦',
  },
  {
    channel: 'chat',
    urgency: 'today',
    pattern:
      'pls tell the {boat=Half Moon} ({berth=D 21}) her bilge pump is running nonstop since {time=last night} 😬 battery will be dead by {time=noon}',
  },
  {
    channel: 'radio',
    urgency: 'can-wait',
    pattern:
      '{boat=Seven Sisters}, {boat=Blue Hour}: go up to channel 72, over. – {boat=Blue Hour}, going up. – All stations: pontoon dance at {berth=pontoon A} is at {time=nine}, not at {time=eight}. Out.',
  },
];
