// @vitest-environment happy-dom
import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { GroundFile, GroundFiles } from "../../../src/contract/groundMessages.js";
import { ok } from "../../../src/core/result.js";
import { straightCoast } from "../../../src/geo/testing/coasts.js";
import { aHello, aVehicle } from "../../bridge/testing/builders.js";
import { openSetup } from "../testing/openSetup.js";

afterEach(cleanup);

const AROUND = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 };
const FILE: GroundFile = {
  ...{ kind: "terrain", name: "rge.tif", pack: "calais", dataDate: "2023-05", attribution: "IGN, Etalab 2.0" },
  ...{ sizeBytes: 12_000_000, resolutionM: 5, bounds: AROUND, isUsed: true },
};
const INVENTORY: GroundFiles = {
  kind: "ground-files",
  coast: { kind: "pack", pack: "calais" },
  packs: [],
  files: [
    FILE,
    {
      ...FILE,
      ...{ name: "broken.pmtiles", kind: "map", isUsed: false, pack: undefined, dataDate: undefined },
      ...{ attribution: undefined, sizeBytes: undefined, resolutionM: undefined, bounds: undefined },
    },
  ],
};
/** Four heights of 5 m: `heightGrid.ts`. */
const HEIGHTS = Uint8Array.from({ length: 8 }, (_, i) => (i % 2 === 1 ? 50 : 0));

const wordsOf = (testId: string): string => screen.getByTestId(testId).textContent.replaceAll("\u00a0", " ");

function open(vehicles = [aVehicle()], inventory = INVENTORY) {
  const station = openSetup("ground", {
    batch: { vehicles },
    answers: ({ kind }) => {
      if (kind === "get-heights") return ok({ kind: "heights", bytes: HEIGHTS });
      if (kind === "get-tide") return ok({ kind: "tide", tide: { kind: "unknown" }, attribution: "TICON-4" });
      return kind === "get-ground-files" ? ok(inventory) : undefined;
    },
  });
  act(() => {
    station.store.coast.set(straightCoast({ date: "2025-04-01" }));
    station.transport.receive(aHello({ terrainFiles: ["rge.tif"] }));
  });
  return station;
}

describe("what is known of the ground", () => {
  it("is listed for the aircraft's place: which, how fine, how old; what is missing, with how to get it", async () => {
    open();
    await expect.poll(() => wordsOf("ground-place")).toContain("the place of SIM-1");
    await expect.poll(() => screen.queryByTestId("ground-heights")).not.toBeNull();
    expect(wordsOf("ground-heights")).toContain("rge.tif (5 m, 2023-05)");
    expect(wordsOf("ground-coast")).toContain("of 2025-04-01, from the pack calais");
    const known = ["coast", "heights", "map", "tide", "names", "zones"].map(
      (what) => screen.getByTestId(`ground-${what}`).dataset["known"],
    );
    expect(known).toEqual(["true", "true", "false", "false", "false", "false"]);
    expect(wordsOf("ground-map")).toContain("Start with --map FILE");
    expect(wordsOf("ground-zones")).toContain("Vigie knows no airspace");
  });

  it("is listed file by file: size, age, pack and whose it is, and which could not be read", async () => {
    open();
    await expect.poll(() => screen.queryByTestId("ground-file-rge.tif")).not.toBeNull();
    const [whole, broken] = [wordsOf("ground-file-rge.tif"), wordsOf("ground-file-broken.pmtiles")];
    for (const fact of ["Heights · 5 m", "12.0 MB", "2023-05", "calais", "IGN, Etalab 2.0"])
      expect(whole).toContain(fact);
    expect(broken).toContain("could not be read");
    expect(broken).toContain("not stated");
  });

  it("says that there is no place yet, and that there are no files", async () => {
    open([], { ...INVENTORY, files: [] });
    expect(wordsOf("ground-place")).toContain("No place yet");
    await expect.poll(() => wordsOf("ground-files")).toContain("without maps and heights");
  });
});
