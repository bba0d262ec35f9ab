import type { ActorScore, Meeting, Score } from "./scoreSortie.js";

/** The table a person reads: a line an actor, then the totals. */
export function scoreTable(score: Score): string {
  const cell = (value: string | number | boolean | undefined, width: number) => String(value ?? "-").padEnd(width);
  const fixed = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(2));
  const row = (actor: ActorScore, meeting: Meeting | undefined, isFirst: boolean): string =>
    [
      cell(isFirst ? actor.id : "  again", 14),
      cell(actor.class, 9),
      cell(isFirst ? actor.secondsInPicture : "", 9),
      cell(meeting?.contactId, 9),
      cell(meeting?.contactClass, 9),
      cell(fixed(meeting?.errorM), 9),
      cell(meeting?.isInEllipse, 9),
      cell(fixed(meeting?.recognisedAfterS), 9),
      cell(fixed(meeting?.appearedAfterS), 9),
    ].join("");
  const rows = score.actors.flatMap((actor) =>
    actor.meetings.length === 0
      ? [row(actor, undefined, true)]
      : actor.meetings.map((meeting, index) => row(actor, meeting, index === 0)),
  );
  const percent = (fraction: number | undefined) => `${((fraction ?? 0) * 100).toFixed(0)} %`;
  return [
    "actor         class    seconds  contact  as       error m  in 95 %  picture  clock s",
    ...rows,
    `found: boats ${percent(score.foundFraction["boat"])}, vehicles ${percent(score.foundFraction["vehicle"])}, people ${percent(score.foundFraction["person"])}`,
    `another class than it is ${score.wrongClass.length} (${score.wrongClass.join(" ")})`,
    `false contacts ${score.falseContacts.length} (${score.falseContacts.join(" ")}), duplicates ${score.duplicates.length} (${score.duplicates.join(" ")})`,
    `median error ${score.medianErrorM.toFixed(2)} m, inside the 95 % ellipse ${percent(score.insideEllipseFraction)}, recognised within ${score.recognisedWithinS95.toFixed(2)} s of pictures, ${score.appearedWithinS95.toFixed(2)} s by the clock, reported ${score.reportDelayS95.toFixed(2)} s after the picture (95th percentiles)`,
  ].join("\n");
}
