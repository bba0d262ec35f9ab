import { readFileSync, readdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { SOFTWARE_GL, startInBrowser } from "./browser.js";
import type { BenchLine } from "./benchLine.js";

const parentOf = (pid: string): string | undefined => {
  try {
    return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    return undefined; // it ended while we looked
  }
};

/** The descendant process of `pid` that has `word` on its command line. */
export function memberOf(pid: number, word: string): string | undefined {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const isInFamily = (candidate: string): boolean => {
    let at: string | undefined = candidate;
    while (at !== undefined && at !== "0" && at !== "1") {
      if (at === String(pid)) return true;
      at = parentOf(at);
    }
    return false;
  };
  const says = (candidate: string): boolean => {
    try {
      return readFileSync(`/proc/${candidate}/cmdline`, "utf8").split(/[\0 ]/).includes(word);
    } catch {
      return false; // it ended while we looked
    }
  };
  return all.find((candidate) => says(candidate) && isInFamily(candidate));
}

export const residentMb = (pid: string): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) / 1024;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resident memory of the station, vision worker included, on the training sortie with one page open. */
export async function benchMemory(minutes: number): Promise<BenchLine> {
  const vigie = await startInBrowser();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: SOFTWARE_GL });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(vigie.url);
    const station = memberOf(vigie.pid, "serve");
    if (station === undefined) throw new Error("the station's process was not found");
    await wait(60_000);
    const afterOneMb = residentMb(station);
    await wait((minutes - 1) * 60_000);
    const value = residentMb(station);
    return {
      name: `station's resident memory after ${minutes} min`,
      value,
      unit: "MB",
      peer: { name: "itself after 1 min", value: afterOneMb },
      ratio: afterOneMb / value,
      note: "training sortie, video decoded, one page open",
    };
  } finally {
    await browser.close();
    vigie.stop();
  }
}
