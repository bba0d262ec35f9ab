import { describe, expect, it } from "vitest";
import { heartbeat, receive, type Received } from "./testing/vehicleBuilder.js";
import type { FlightMode, VehicleState } from "./vehicleState.js";

const mode = (customMode: number, name: string, isSelectable = true): FlightMode => ({
  ...{ customMode, name, isSelectable },
});
const table: Extract<Received, { kind: "mode-table" }> = {
  kind: "mode-table",
  modes: [mode(4, "GUIDED"), mode(5, "LOITER")],
  vtolModes: [mode(19, "QLOITER")],
};
const offered = (one: FlightMode, index: number, countOfModes: number): Received => ({
  ...{ kind: "offered-mode", mode: one, index, countOfModes },
});
const version = (modesVersion: number): Received => ({ kind: "modes-version", modesVersion });
const OWN = [offered(mode(4, "Guided flight"), 1, 2), offered(mode(99, "Script"), 2, 2)];
const namesOf = ({ modes }: VehicleState): readonly string[] => modes.map(({ name }) => name);
const currentName = (state: VehicleState): string | undefined => state.heartbeat?.value.modeName;

describe("the modes of a vehicle", () => {
  it("are those of the table for its kind; a VTOL has its own", () => {
    expect(namesOf(receive([heartbeat(), table]))).toEqual(["GUIDED", "LOITER"]);
    expect(namesOf(receive([heartbeat({ airframe: "vtol" }), table]))).toEqual(["QLOITER"]);
    const known = receive([heartbeat(), table]);
    expect(receive([table], known)).toBe(known);
  });
  it("are its own list as soon as that is complete, in its order", () => {
    const begun = receive([table, OWN[1]!]);
    expect(namesOf(begun)).toEqual(["GUIDED", "LOITER"]);
    expect(begun.offeredModes).toMatchObject({ isInUse: false, isComplete: false });
    const complete = receive([OWN[0]!], begun);
    expect(namesOf(complete)).toEqual(["Guided flight", "Script"]);
    expect(complete.offeredModes).toEqual({ isInUse: true, isComplete: true, byIndex: {}, modesVersion: undefined });
    expect(namesOf(receive([table], complete))).toEqual(["Guided flight", "Script"]);
  });
  it("are not complete with one twice and another missing", () => {
    expect(namesOf(receive([table, OWN[0]!, OWN[0]!]))).toEqual(["GUIDED", "LOITER"]);
  });
  it("of a complete list that are received again change nothing", () => {
    const complete = receive(OWN);
    expect(receive(OWN, complete)).toBe(complete);
  });
  it.each([
    ["number", mode(6, "Guided flight")],
    ["name", mode(4, "Guided")],
    ["selectability", mode(4, "Guided flight", false)],
  ])("begin a new list when one of a complete list has another %s", (_, changed) => {
    const begun = receive([offered(changed, 1, 2)], receive(OWN));
    expect(begun.offeredModes).toMatchObject({ isInUse: true, isComplete: false, byIndex: { 1: changed } });
    expect(namesOf(begun)).toEqual(["Guided flight", "Script"]);
    expect(receive([OWN[1]!], begun).modes).toEqual([changed, mode(99, "Script")]);
  });
});

describe("the version of the list of modes", () => {
  it("is no change the first time it is received", () => {
    const before = receive(OWN);
    const after = receive([version(3)], before);
    expect(after.offeredModes).toEqual({ ...before.offeredModes, modesVersion: 3 });
    expect(receive([version(3)], after)).toBe(after);
  });
  it("that changes makes the list out of date, which is used until the new one is complete", () => {
    const outdated = receive([version(3), ...OWN, version(4)]);
    expect(outdated.offeredModes).toEqual({ isInUse: true, isComplete: false, byIndex: {}, modesVersion: 4 });
    expect(namesOf(outdated)).toEqual(["Guided flight", "Script"]);
    expect(namesOf(receive([table], outdated))).toEqual(["Guided flight", "Script"]);
    const renewed = receive([offered(mode(4, "Go to"), 1, 1)], outdated);
    expect(namesOf(renewed)).toEqual(["Go to"]);
    expect(renewed.offeredModes?.modesVersion).toBe(4);
  });
  it("that changes drops what was received of the old list", () => {
    const state = receive([version(3), OWN[0]!, version(4), OWN[1]!]);
    expect(state.offeredModes?.byIndex).toEqual({ 2: mode(99, "Script") });
    expect(state.offeredModes?.isInUse).toBe(false);
  });
  it("may come before any list", () => {
    expect(receive([version(3)]).offeredModes).toEqual({
      ...{ isInUse: false, isComplete: false, byIndex: {}, modesVersion: 3 },
    });
  });
});

describe("the name of the current mode", () => {
  it("is the one of the vehicle's own list, whichever is received first", () => {
    expect(currentName(receive([heartbeat({ customMode: 4 }), ...OWN]))).toBe("Guided flight");
    expect(currentName(receive([...OWN, heartbeat({ customMode: 99, modeName: "mode 99" })]))).toBe("Script");
  });
  it("stays as it is where the list does not have it, and where there is no list", () => {
    expect(currentName(receive([...OWN, heartbeat({ customMode: 7, modeName: "CIRCLE" })]))).toBe("CIRCLE");
    const renamed: Received = { ...table, modes: [mode(4, "other name")] };
    expect(currentName(receive([renamed, heartbeat({ customMode: 4 })]))).toBe("GUIDED");
  });
  it("changes nothing else in the heartbeat", () => {
    const { heartbeat: named } = receive([...OWN, heartbeat({ customMode: 4, systemStatus: 3, isArmed: false })]);
    expect(named?.value).toEqual({ customMode: 4, modeName: "Guided flight", isArmed: false, systemStatus: 3 });
  });
});
