import { describe, expect, it } from "vitest";
import type { Tide } from "../../src/geo/tide/tideModel.js";
import { ok } from "../../src/core/result.js";
import type { CommandStatus } from "../../src/vehicle/commands.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { done } from "./testing/fakeTransport.js";
import { commandReportOf } from "./stationStore.js";
import { aBatch, aContact, aHello, aStation, aVehicle, VEHICLE } from "./testing/builders.js";

const other = "tcp/7" as VehicleId;

describe("station store", () => {
  it("targets the first vehicle heard, and never changes the target by itself", () => {
    const { transport, store } = aStation();
    expect(store.target.get()).toBeUndefined();
    transport.receive(aBatch([aVehicle()]));
    expect(store.target.get()).toBe(VEHICLE);
    transport.receive(aBatch([aVehicle({ id: other }), aVehicle()]));
    transport.receive(aBatch([aVehicle({ id: other })]));
    expect(store.target.get()).toBe(VEHICLE);
    store.setTarget(other);
    expect(store.target.get()).toBe(other);
  });

  it("gives each request its own reply, in any order", async () => {
    const { transport, store } = aStation();
    const first = store.request({ kind: "list-plans" });
    const second = store.request({ kind: "list-recordings" });
    transport.receive({ kind: "reply", requestId: 2, result: ok({ kind: "recordings", recordings: [] }) });
    transport.receive({ kind: "reply", requestId: 1, result: ok({ kind: "plans", names: ["a"] }) });
    expect(await first).toEqual(ok({ kind: "plans", names: ["a"] }));
    expect(await second).toEqual(ok({ kind: "recordings", recordings: [] }));
  });

  it("answers for a station that is lost, before and after the question", async () => {
    const { transport, store } = aStation();
    const asked = store.request({ kind: "list-plans" });
    transport.connection("lost");
    const failure = { ok: false, error: { kind: "io", operation: "station", code: "CONNECTION_LOST" } };
    expect(await asked).toEqual(failure);
    expect(await store.request({ kind: "list-plans" })).toEqual(failure);
    expect(store.connection.get()).toBe("lost");
  });

  it("answers for a station that has fallen silent while the connection seems open", async () => {
    const { transport, store, time } = aStation();
    transport.receive(aHello());
    const asked = store.request({ kind: "list-plans" });
    time.ms += 3000;
    store.checkSilence();
    expect(store.connection.get()).toBe("open");
    time.ms += 2000;
    store.checkSilence();
    expect(await asked).toMatchObject({ ok: false, error: { code: "CONNECTION_LOST" } });
  });

  it("review 1.6: keeps each command by its id; a second press does not hide that the first is under way", () => {
    const { transport, store } = aStation();
    const publish = (vehicleId: VehicleId, commandId: string, status: CommandStatus) =>
      transport.receive({ kind: "command-status", vehicleId, commandId, command: { kind: "arm" }, status });
    const pending = { phase: "pending", attempt: 1, progressFraction: undefined } as const;
    const refused = { phase: "failed", failure: { kind: "busy", with: "arm" } } as const;
    const phaseOf = (vehicleId: VehicleId) =>
      commandReportOf(store.commandReports.get(), vehicleId, "arm")?.status.phase;
    publish(VEHICLE, "a", pending);
    publish(other, "b", pending);
    publish(VEHICLE, "c", refused);
    expect(phaseOf(VEHICLE)).toBe("pending");
    publish(VEHICLE, "a", { phase: "done" });
    expect(store.commandReports.get().map(({ commandId, status }) => `${commandId} ${status.phase}`)).toEqual([
      "a done",
      "b pending",
      "c failed",
    ]);
    expect(phaseOf(other)).toBe("pending");
    expect(commandReportOf(store.commandReports.get(), VEHICLE, "land")).toBeUndefined();
  });

  it("forgets what was under way with a station that greets anew", () => {
    const { transport, store } = aStation();
    transport.receive({
      kind: "transfer-status",
      vehicleId: VEHICLE,
      status: { phase: "uploading", part: "mission", countOfDone: 1, countOfItems: 9 },
    });
    expect(store.transfer.get().size).toBe(1);
    transport.receive(aHello());
    expect(store.transfer.get().size).toBe(0);
  });

  it("shows no picture of the last sortie beside a contact of the next, which has the same number", () => {
    const { transport, store } = aStation();
    const picture = {
      kind: "contact-picture",
      contactId: "C-1",
      widthPx: 1,
      heightPx: 1,
      luma: new Uint8Array(1),
    } as const;
    transport.receive({ kind: "contacts", contacts: [aContact({ id: "C-1" })] });
    transport.receive(picture);
    transport.receive({ kind: "contacts", contacts: [aContact({ id: "C-1" }), aContact({ id: "C-2" })] });
    expect([...store.contactPictures.get().keys()]).toEqual(["C-1"]);
    transport.receive({ kind: "contacts", contacts: [] });
    transport.receive({ kind: "contacts", contacts: [aContact({ id: "C-1" })] });
    expect(store.contactPictures.get().size).toBe(0);
  });

  it("counts a station that falls silent as lost, until it speaks again", () => {
    const { transport, store, time } = aStation();
    transport.receive(aBatch());
    time.ms = 3900;
    store.checkSilence();
    expect(store.connection.get()).toBe("open");
    time.ms = 4100;
    store.checkSilence();
    expect(store.connection.get()).toBe("lost");
    transport.receive(aBatch());
    expect(store.connection.get()).toBe("open");
  });

  it("fetches the coast once when the station has one", async () => {
    const { transport, store } = aStation();
    transport.answerWith(({ kind }) =>
      kind === "get-coast" ? ok({ kind: "coast", documentJson: '{"licence":"ODbL"}' }) : done,
    );
    transport.receive(aHello({ hasCoast: true }));
    await expect.poll(() => store.coast.get()).toEqual({ licence: "ODbL" });
    transport.receive(aHello({ hasCoast: true }));
    expect(transport.requests().filter(({ kind }) => kind === "get-coast")).toHaveLength(1);
  });

  it("fetches the names of places once when the station has them, and goes on without when it does not give them", async () => {
    const { transport, store } = aStation();
    const places = () => transport.requests().filter(({ kind }) => kind === "get-places");
    transport.receive(aHello());
    expect(places()).toHaveLength(0);
    transport.answerWith(() => ({ ok: false, error: { kind: "not-found", what: "places" } }));
    transport.receive(aHello({ hasPlaces: true }));
    await expect.poll(() => places().length).toBe(1);
    expect(store.places.get()).toBeUndefined();
    const document = { attribution: "GeoNames CC BY 4.0", places: [] };
    transport.answerWith(() => ok({ kind: "places", documentJson: JSON.stringify(document) }));
    transport.receive(aHello({ hasPlaces: true }));
    await expect.poll(() => store.places.get()).toEqual(document);
    transport.receive(aHello({ hasPlaces: true }));
    expect(places()).toHaveLength(2);
  });

  it("fetches the coast, and lets the scene fetch heights, again when the answer was lost in a silence", async () => {
    const { transport, store, time } = aStation();
    // The station is too busy to answer.
    transport.answerWith(({ kind }) => (kind === "get-coast" ? undefined : done));
    transport.receive(aHello({ hasCoast: true, terrainFiles: ["N50E001.hgt"] }));
    const files = store.terrain.files.get();
    expect(files).toEqual(["N50E001.hgt"]);
    time.ms += 5000;
    store.checkSilence();
    transport.answerWith(({ kind }) => (kind === "get-coast" ? ok({ kind: "coast", documentJson: "{}" }) : done));
    transport.receive(aBatch());
    await expect.poll(() => store.coast.get()).toEqual({});
    expect(store.terrain.files.get()).toEqual(files);
    expect(store.terrain.files.get()).not.toBe(files);
    transport.receive(aBatch());
    expect(transport.requests().filter(({ kind }) => kind === "get-coast")).toHaveLength(2);
  });

  it("asks for the height of one place, which may be unknown", async () => {
    const { transport, store } = aStation();
    const height = { heightAmslM: 42, sigmaM: 1, source: "N50E001.hgt" };
    transport.answerWith(({ kind }) => (kind === "get-height" ? ok({ kind: "height", height }) : done));
    const position = { latitudeDeg: 50, longitudeDeg: 1 };
    expect(await store.terrain.heightAt(position)).toEqual(height);
    expect(transport.requests()).toContainEqual({ kind: "get-height", position });
    transport.answerWith(() => done);
    expect(await store.terrain.heightAt(position)).toBeUndefined();
  });

  it("asks for heights, and takes none where there is no square of them", async () => {
    const { transport, store } = aStation();
    const asked = { middle: { latitudeDeg: 50, longitudeDeg: 1 }, halfWidthM: 100, countPerSide: 2 };
    const bytes = Uint8Array.of(0, 10, 0, 20, 0, 30, 128, 0);
    transport.answerWith(({ kind }) => (kind === "get-heights" ? ok({ kind: "heights", bytes }) : done));
    const grid = await store.terrain.heights(asked);
    expect(grid).toEqual({ halfWidthM: 100, countPerSide: 2, heightsM: Float32Array.of(1, 2, 3, Number.NaN) });
    // A second scene around the same place asks nobody.
    expect(await store.terrain.heights({ ...asked })).toBe(grid);
    const heightRequests = () => transport.requests().filter(({ kind }) => kind === "get-heights");
    expect(heightRequests()).toHaveLength(1);
    transport.answerWith(() => done);
    expect(await store.terrain.heights({ ...asked, halfWidthM: 200 })).toBeUndefined();
    // Another station may know other ground.
    transport.receive(aHello());
    expect(await store.terrain.heights(asked)).toBeUndefined();
    expect(heightRequests()).toHaveLength(3);
  });

  it("asks for the tide at a place and a time, and knows its source once there is one", async () => {
    const { transport, store } = aStation();
    const position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
    const answers: Tide[] = [{ kind: "unknown" }];
    const attribution = "TICON-4";
    transport.answerWith(({ kind }) => {
      const [tide] = answers;
      return kind === "get-tide" && tide ? ok({ kind: "tide", tide, attribution }) : done;
    });
    expect(await store.tide.tideAt(position, 1000)).toEqual({ kind: "unknown" });
    expect(transport.requests().at(-1)).toEqual({ kind: "get-tide", position, unixTimeMs: 1000 });
    expect(store.tide.attribution.get()).toBeUndefined();
    const known = { kind: "known", unixTimeMs: 2000 } as Tide;
    answers[0] = known;
    expect(await store.tide.tideAt(position, 2000)).toEqual(known);
    expect(store.tide.attribution.get()).toBe("TICON-4");
    answers.length = 0;
    expect(await store.tide.tideAt(position, 2000)).toBeUndefined();
  });

  it("replaces a notice that is said again and keeps the newest last", () => {
    const { transport, store } = aStation();
    const notice = (id: string, unixTimeUs: number) =>
      transport.receive({
        kind: "notice",
        notice: { id, severity: "info", unixTimeUs, key: "vehicle-heard", facts: {} },
      });
    notice("a", 1);
    notice("b", 2);
    notice("a", 3);
    expect(store.notices.get().map(({ id, unixTimeUs }) => [id, unixTimeUs])).toEqual([
      ["b", 2],
      ["a", 3],
    ]);
  });

  it("runs the station's clock on when the station falls silent", () => {
    const { transport, store, time } = aStation();
    transport.receive(aBatch([], 50_000));
    time.ms = 2500;
    expect(store.clock.stationMonoMsNow()).toBeCloseTo(52_500);
    expect(store.clock.stationUnixUsNow()).toBeCloseTo(1_795_400_002_500_000, -2);
  });
});
