/** What stands in the lines of commands: in which words, how far each got, and those of other screens among them. */
import { describe, expect, it } from "vitest";
import { CONNECTION_LOST } from "../bridge/requests.js";
import type { CommandStatus, VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { makeFormat } from "../app/format.js";
import { translatorFor } from "../app/text.js";
import { aVehicle, VEHICLE } from "../bridge/testing/builders.js";
import type { CommandReport } from "../bridge/stationStore.js";
import { type CommandLine, withLine, withOthers, withOutcome, withReports } from "./commandLog.js";
import { commandWords } from "./commandWords.js";

const t = translatorFor("en");

const PLACE = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const home = (valueM: number) => ({ datum: "home", valueM }) as const;
const line = (lineId: string, more: Partial<CommandLine> = {}): CommandLine => ({
  ...{ lineId, vehicleId: VEHICLE, vehicleName: "SIM-1", command: { kind: "land" }, askedUnixUs: 5e6 },
  outcome: { phase: "pending" },
  ...more,
});
const DONE: CommandStatus = { phase: "done" };
const PENDING: CommandStatus = { phase: "pending", attempt: 1, progressFraction: undefined };
const FAILED: CommandStatus = { phase: "failed", failure: { kind: "vehicle-lost" } };
const report = (commandId: string, status: CommandStatus, more: Partial<CommandReport> = {}): CommandReport => ({
  ...{ vehicleId: VEHICLE, commandId, command: { kind: "land" }, status, sinceMonoMs: 1000, receivedMonoMs: 2000 },
  ...more,
});

describe("a line", () => {
  const reported = (command: VehicleCommand, status: CommandStatus, vehicle: VehicleState | undefined = aVehicle()) =>
    withReports([line("a", { command })], [report("a", status, { command })], {
      unixUs: 9e6,
      vehicle: () => vehicle,
    })[0]?.outcome;

  it.each<[VehicleCommand, string]>([
    [{ kind: "arm" }, "done"],
    [{ kind: "go-to", position: PLACE, height: home(50) }, "on-its-way"],
    [{ kind: "orbit", centre: PLACE, height: home(50), radiusM: 80, direction: "clockwise" }, "on-its-way"],
    [{ kind: "change-speed", speedKind: "ground", speedMps: 8 }, "accepted"],
    [{ kind: "change-heading", headingDeg: 90 }, "accepted"],
    // It is 58 m above home.
    [{ kind: "change-altitude", height: home(60) }, "done"],
    [{ kind: "change-altitude", height: home(56) }, "done"],
    [{ kind: "change-altitude", height: home(60.1) }, "climbing"],
    [{ kind: "change-altitude", height: home(55.9) }, "descending"],
    [{ kind: "change-altitude", height: { datum: "amsl", valueM: 58 } }, "accepted"],
  ])("%j that was accepted is %s", (command, how) => {
    expect(reported(command, DONE)).toEqual({ phase: "done", atUnixUs: 9e6, how });
  });

  it("of a height says no more than accepted while the aircraft does not tell where it is", () => {
    const command = { kind: "change-altitude", height: home(58) } as const;
    expect(reported(command, DONE, aVehicle({ position: undefined }))).toMatchObject({ how: "accepted" });
  });

  it("tells why it failed, and nothing while it is under way", () => {
    expect(reported({ kind: "land" }, FAILED)).toEqual({
      ...{ phase: "failed", atUnixUs: 9e6, failure: { kind: "command", failure: { kind: "vehicle-lost" } } },
    });
    expect(reported({ kind: "land" }, PENDING)).toEqual({ phase: "pending" });
  });

  it("ends once: what is told of it later changes nothing, and nothing is told of others", () => {
    const lines = [line("a"), line("b")];
    const ended = withOutcome(lines, "a", { phase: "not-sent", because: "fly.because.busy" });
    expect(ended.map(({ outcome }) => outcome.phase)).toEqual(["not-sent", "pending"]);
    expect(withOutcome(ended, "a", { phase: "pending" })).toEqual(ended);
  });

  it("whose end was lost with the connection is ended by the station's report after it", () => {
    const lost = { kind: "io", operation: "station", code: CONNECTION_LOST } as const;
    const unknown = withOutcome([line("a")], "a", { phase: "failed", failure: lost, atUnixUs: 1 });
    expect(withOutcome(unknown, "a", { phase: "pending" })).toEqual(unknown);
    const told = withOutcome(unknown, "a", { phase: "done", atUnixUs: 2, how: "done" });
    expect(told[0]?.outcome).toEqual({ phase: "done", atUnixUs: 2, how: "done" });
  });

  it("is kept with the 199 before it", () => {
    const many = Array.from({ length: 250 }, (_, i) => line(String(i))).reduce<readonly CommandLine[]>(withLine, []);
    expect([many.length, many[0]?.lineId, many.at(-1)?.lineId]).toEqual([200, "50", "249"]);
  });
});

describe("lines of other screens", () => {
  const station = (reports: readonly CommandReport[]) => ({
    reports,
    unixUsAt: (monoMs: number) => monoMs * 1000,
    nameOf: (id: VehicleId) => `name of ${id}`,
  });

  it("stand among ours in order of time, with who was told and how it ended", () => {
    const theirs = report("b", DONE, { command: { kind: "change-altitude", height: home(58) } });
    const lines = withOthers([line("a", { askedUnixUs: 3e6 })], station([theirs, report("a", FAILED)]));
    expect(lines).toEqual([
      {
        ...{ lineId: "udp/1 b", vehicleId: VEHICLE, vehicleName: "name of udp/1", askedUnixUs: 1e6 },
        command: theirs.command,
        outcome: { phase: "done", atUnixUs: 2e6, how: "accepted" },
      },
      line("a", { askedUnixUs: 3e6 }),
    ]);
  });

  it("are none where all are ours", () => {
    const lines = [line("a")];
    expect(withOthers(lines, station([report("a", DONE)]))).toBe(lines);
  });
});

describe("a command in words", () => {
  const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
  const vehicle = aVehicle({ modes: [{ customMode: 9, name: "LAND", isSelectable: true }] });
  it.each<[VehicleCommand, string]>([
    [{ kind: "return" }, "Return"],
    [{ kind: "take-off", altitudeAboveHomeM: 20 }, "Take off to 20 m"],
    [{ kind: "set-mode", customMode: 9 }, "Mode LAND"],
    [{ kind: "set-mode", customMode: 77 }, "Mode 77"],
    [{ kind: "enable-fence", isEnabled: true }, "Switch the fence on"],
    [{ kind: "enable-fence", isEnabled: false }, "Switch the fence off"],
    [{ kind: "jump-to-item", item: 4 }, "Go on at item 5"],
    [{ kind: "transition", to: "hover" }, "Transition to hover"],
    [{ kind: "transition", to: "forward" }, "Transition to forward flight"],
  ])("%j", (command, words) => {
    expect(commandWords({ t, format }, command, vehicle).replaceAll("\u00a0", " ")).toBe(words);
  });

  it.each<[VehicleCommand, RegExp]>([
    [{ kind: "change-altitude", height: home(65) }, / 65 m$/],
    [{ kind: "go-to", position: PLACE, height: home(40) }, / 40 m$/],
    [{ kind: "change-speed", speedKind: "air", speedMps: 12.25 }, / 12\.3 m\/s$/],
    [{ kind: "change-heading", headingDeg: 7 }, / 007°$/],
  ])("%j has its figure", (command, words) => {
    const said = commandWords({ t, format }, command, undefined).replaceAll("\u00a0", " ");
    expect(said).toMatch(words);
    expect(said).not.toMatch(/command\./);
  });
});
