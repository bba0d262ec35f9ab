import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRequestHandler } from "./ui/requests.js";
import { createPlacesStore } from "./placesStore.js";
import { aRequestContext } from "./testing/requestContext.js";

/** A station whose installation has that file of names, or none. */
async function open(text: string | undefined) {
  const root = mkdtempSync(join(tmpdir(), "vigie-places-"));
  const lines: string[] = [];
  if (text !== undefined) {
    mkdirSync(join(root, "missions", "places"), { recursive: true });
    writeFileSync(join(root, "missions", "places", "channel.json"), text);
  }
  const places = createPlacesStore({ log: (line) => lines.push(line), root });
  await places.load();
  const { files } = aRequestContext({});
  const reply = await createRequestHandler(aRequestContext({ files: { ...files, places } }))({ kind: "get-places" });
  return { lines, reply };
}

const WISSANT = { name: "Wissant", kind: "village", position: { latitudeDeg: 50.9, longitudeDeg: 1.7 } };
const document = (place: object): string => JSON.stringify({ attribution: "GeoNames", places: [place], secret: 1 });

it("gives the names it has checked, and no member that it does not know", async () => {
  const { lines, reply } = await open(document({ ...WISSANT, isApproximate: false, note: "x" }));
  expect(lines).toEqual([]);
  expect(reply).toMatchObject({ ok: true, value: { kind: "places" } });
  const json = reply.ok && reply.value.kind === "places" ? reply.value.documentJson : "";
  expect(JSON.parse(json)).toEqual({
    attribution: "GeoNames",
    places: [{ ...WISSANT, nameIn: {}, isApproximate: false }],
  });
});

it.each<readonly [string, string | undefined, RegExp]>([
  ["missing", undefined, /channel\.json: ENOENT$/],
  ["bad", document(WISSANT), /channel\.json: places\[0\]\.isApproximate: true or false was expected$/],
  ["empty", "", /channel\.json: the file is empty$/],
  ["huge", " ".repeat(1_000_001), /channel\.json: too-large$/],
])("goes on without names when the file is %s, with one line", async (_, text, line) => {
  const { lines, reply } = await open(text);
  expect(lines).toEqual([expect.stringMatching(line)]);
  expect(reply).toEqual({ ok: false, error: { kind: "not-found", what: "places" } });
});
