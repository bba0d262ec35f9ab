import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DICTIONARIES, ROOM_TEXTS } from "./dictionary.js";

const placeholders = (words: string): readonly string[] =>
  [...words.matchAll(/{{\s*(\w+)\s*}}/g)].map((m) => m[1]!).sort();

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|texts\.ts$/.test(entry.name)) yield full;
  }
}

describe("dictionary", () => {
  const rooms: readonly (readonly [string, Readonly<Record<"en" | "fr", Readonly<Record<string, string>>>>])[] =
    Object.entries(ROOM_TEXTS);
  it.each(rooms)("%s says the same things in both languages, with the same facts", (_room, { en, fr }) => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
    for (const [key, words] of Object.entries(en)) {
      expect(placeholders(fr[key] ?? ""), key).toEqual(placeholders(words));
      expect(fr[key]?.trim(), key).not.toBe("");
    }
  });

  it("gives no key to two rooms", () => {
    const keys = Object.values(ROOM_TEXTS).flatMap(({ en }) => Object.keys(en));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it("knows every key that the screens name", () => {
    const missing: string[] = [];
    for (const file of sources("renderer")) {
      for (const [, key] of readFileSync(file, "utf8").matchAll(/\bt\(\s*"([^"]+)"/g)) {
        if (!(key! in DICTIONARIES.en)) missing.push(`${file}: ${key!}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("has words for every member of the unions that are looked up by name", () => {
    const families = {
      "command.": ["arm", "disarm", "take-off", "start-mission", "pause", "resume", "go-to", "return", "land"],
      "object.": ["person", "boat", "vehicle", "unknown"],
      "app.datum.": ["amsl", "home", "terrain"],
      "app.link.state.": ["opening", "open", "lost", "failed"],
      "plan.area.": [
        "too-few-corners",
        "bad-corner",
        "self-crossing",
        "no-surface",
        "too-large",
        "bad-setting",
        "too-many-legs",
      ],
      "plan.part.": [
        "sweep",
        "survey",
        "CorridorScan",
        "StructureScan",
        "fwLandingPattern",
        "vtolLandingPattern",
        "other",
      ],
      "plan.warning.": [
        "boats-yes-people-no",
        "object-too-small",
        "pod-not-reached",
        "ways-outside",
        "energy",
        "wind",
        "height-limited",
      ],
    };
    for (const [prefix, names] of Object.entries(families)) {
      for (const name of names) expect(DICTIONARIES.en, prefix + name).toHaveProperty([prefix + name]);
    }
  });
});
