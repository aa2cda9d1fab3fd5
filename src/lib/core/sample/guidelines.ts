/** Markdown. */
export const GUIDELINES = `# Harbour watch

Two cameras and a letter box: help the harbour office to see what matters.

## Urgency
- **Now**: somebody is in the water; a boat burns, sinks or drifts.
- **Today**: driftwood or oil in the fairway; something is broken that others need.
- **Can wait**: all else, however loudly it is said.

A swimmer is **Now** even where all looks calm.

## Boxes
- Around all that is seen of a thing, its mast too, not its mirror image.
- What is cut off by the frame ends at the frame; what is half hidden gets a box around the part that shows.
- From above, turn the box until it lies along the boat.
- Gulls, the lighthouse and boats ashore are not asked for.

## Words
- *Boat*, *Berth*, *Time*, *Place*, each without its article: the **Old Mole**.
- A boat may be called as a word is called: the **Hope** is a boat, “I hope” is none.
- Mark every mention. *T* marks the same word everywhere in the text.

Dashed is proposed, solid is yours. Proposals are wrong now and then.
`;
