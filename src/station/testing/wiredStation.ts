import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "../../core/fakeClock.js";
import { err, ok } from "../../core/result.js";
import type { Station } from "../stationTypes.js";
import { ofKind } from "./servedStation.js";
import { stationWith, type FakeWire, type StationChanges } from "./fakeVehicle.js";

/** A station on virtual time with the given links, and helpers for tests. */
export async function stationOn(
  wires: readonly FakeWire[],
  { open, ...changes }: StationChanges & { readonly open: Station[]; readonly dataFolder?: string },
) {
  const clock = new FakeClock();
  const dataFolder = changes.dataFolder ?? mkdtempSync(join(tmpdir(), "vigie-links-"));
  const made = await stationWith(clock, dataFolder, {
    requireUiHeartbeat: false,
    ...changes,
    inputs: { links: wires.map(({ port }) => port.uri), ...changes.inputs },
    io: {
      openLink: (uri) => {
        const wire = wires.find(({ port }) => port.uri === uri);
        return wire ? ok(wire.port) : err({ kind: "bad-uri", uri, problem: "no such wire" });
      },
      ...changes.io,
    },
  });
  open.push(made.station);
  const { published } = made;
  const batch = () => ofKind(published, "telemetry-batch").at(-1)!;
  const notices = () => ofKind(published, "notice").map(({ notice }) => notice);
  const keys = () => notices().map(({ severity, key }) => `${severity} ${key}`);
  /** Calls `each` every tenth of a second of virtual time. */
  const fly = (seconds: number, each: (nowMonoMs: number) => void): void => {
    for (let i = 0; i < seconds * 10; i++) {
      each(clock.monoMs());
      clock.advance(100);
    }
  };
  return { ...made, clock, dataFolder, batch, notices, keys, fly };
}
