import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { UiRequest } from "../contract/messages.js";
import { FakeClock } from "../core/fakeClock.js";
import { aRequestContext } from "./testing/requestContext.js";
import { createTideStore } from "./tideStore.js";
import { createRequestHandler } from "./ui/requests.js";

const BOULOGNE = { latitudeDeg: 50.72738, longitudeDeg: 1.57766 };
const ASK: UiRequest = { kind: "get-tide", position: BOULOGNE };

/** A station of that installation: the project's own, or one with that file. */
async function open(text?: string) {
  const lines: string[] = [];
  const clock = new FakeClock();
  const parts = { log: (line: string) => void lines.push(line), clock };
  let root: string | undefined;
  if (text !== undefined) {
    root = mkdtempSync(join(tmpdir(), "vigie-tide-"));
    mkdirSync(join(root, "missions", "tide"), { recursive: true });
    if (text !== "") writeFileSync(join(root, "missions", "tide", "channel.json"), text);
  }
  const tide = root === undefined ? createTideStore(parts) : createTideStore({ ...parts, root });
  await tide.load();
  const { files } = aRequestContext({});
  const ask = createRequestHandler(aRequestContext({ files: { ...files, tide } }));
  return { lines, clock, ask };
}

it("gives the tide now, by the station's clock, and at another time", async () => {
  const { ask, clock, lines } = await open();
  expect(lines).toEqual([]);
  const nowMs = clock.unixUs() / 1000;
  const now = await ask(ASK);
  expect(now).toMatchObject({
    ok: true,
    value: { kind: "tide", tide: { kind: "known", unixTimeMs: nowMs, ports: [{ name: "Boulogne" }] } },
  });
  expect(now.ok && now.value.kind === "tide" ? now.value.attribution : "").toContain("CC BY 4.0");
  expect(await ask({ ...ASK, unixTimeMs: nowMs })).toEqual(now);
  const later = await ask({ ...ASK, unixTimeMs: nowMs + 3_600_000 });
  expect(later).toMatchObject({ ok: true, value: { tide: { unixTimeMs: nowMs + 3_600_000 } } });
  expect(later).not.toEqual(now);
  clock.advance(60_000);
  expect(await ask(ASK)).toMatchObject({ ok: true, value: { tide: { unixTimeMs: nowMs + 60_000 } } });
});

it("is unknown away from the ports", async () => {
  const { ask } = await open();
  const far = await ask({ ...ASK, position: { latitudeDeg: 48.4, longitudeDeg: -4.5 } });
  expect(far).toMatchObject({ ok: true, value: { kind: "tide", tide: { kind: "unknown" } } });
});

it.each([
  ["missing", "", /channel\.json: ENOENT$/],
  ["bad", "{}", /channel\.json: attribution: a source of the tide was expected$/],
])("a station whose file is %s has no tide, and logs why", async (_, text, why) => {
  const { ask, lines } = await open(text);
  expect(lines.join()).toMatch(why);
  expect(await ask(ASK)).toEqual({ ok: false, error: { kind: "not-found", what: "tide" } });
});
