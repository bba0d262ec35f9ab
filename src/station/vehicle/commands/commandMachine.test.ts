import { expect, it } from "vitest";
import { startCommand, stepCommand } from "../../../mavlink/protocols/command/commandSender.js";
import { stepWith } from "../../../mavlink/protocols/command/commandStep.js";
import { emptyVehicle } from "../../../vehicle/reduceVehicle.js";
import { statusChanges } from "./commandMachine.js";

const vehicle = emptyVehicle({ linkName: "udp", systemId: 1, componentId: 1 });
const [asking] = startCommand([stepWith({ command: 176 })], vehicle);
const ACCEPTED = { kind: "ack", command: 176, mavResult: 0, progress: undefined } as const;
const half = { kind: "ack", command: 176, mavResult: 5, progress: 50 } as const;

it("a command's status is told when it changes: another attempt, more progress, its end, and nothing twice", () => {
  const change = statusChanges();
  expect(change(asking)).toMatchObject({ phase: "pending", attempt: 1 });
  // Telemetry steps the machine and changes nothing that a screen shows.
  expect(change(stepCommand(asking, { kind: "telemetry", vehicle })[0])).toBeUndefined();
  const [again] = stepCommand(asking, { kind: "timeout" });
  expect(change(again)).toMatchObject({ phase: "pending", attempt: 2 });
  const [progressing] = stepCommand(again, half);
  expect(change(progressing)).toMatchObject({ phase: "pending", attempt: 2, progressFraction: 0.5 });
  expect(change(progressing)).toBeUndefined();
  const [done] = stepCommand(progressing, ACCEPTED);
  expect(change(done)).toEqual({ phase: "done" });
});
