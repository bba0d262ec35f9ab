import type { FlightQuestion, PlaceQuestion, VehicleCommand } from "../commands.js";
import { type GuidedTarget, guidedTargetOf } from "../guidedTarget.js";
import { flightQuestions } from "./danger.js";
import { type PlaceFacts, placeQuestions } from "./placeDanger.js";

type CommandFacts = PlaceFacts & {
  /** Where it flies to now: another height is a flight to there too. */
  readonly guidedTarget: GuidedTarget | undefined;
};

/** What a person must confirm before the command is sent: the one rule for the station, which refuses, and the screens. */
export function commandQuestions(
  command: VehicleCommand,
  { guidedTarget, ...facts }: CommandFacts,
): readonly (FlightQuestion | PlaceQuestion)[] {
  const next = guidedTargetOf({ command, isConfirmed: false }, guidedTarget);
  const places = next?.isConfirmed === true ? [] : placeQuestions(next?.command ?? command, facts);
  return [...flightQuestions(command, facts.vehicle), ...places];
}
