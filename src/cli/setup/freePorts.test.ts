import { createSocket } from "node:dgram";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { portsToListenOn } from "./freePorts.js";

const RANGE = "/proc/sys/net/ipv4/ip_local_port_range";
/** The lowest port that this system assigns to sockets that ask for any. */
const firstHandedOut = (): number =>
  existsSync(RANGE) ? Number(readFileSync(RANGE, "utf8").trim().split(/\s+/)[0]) : 49_152;

describe("findings 5.11: the ports of a training sortie", () => {
  it("are none that the simulator's own sockets could be given", async () => {
    for (let i = 0; i < 20; i++) {
      const ports = await portsToListenOn(2);
      expect(new Set(ports).size).toBe(2);
      for (const port of ports) {
        expect(port).toBeGreaterThanOrEqual(1024);
        expect(port).toBeLessThan(firstHandedOut());
      }
    }
  });

  it("differ though the same number comes up twice, and pass over one that is taken", async () => {
    const [taken = 0] = await portsToListenOn(1);
    const other = createSocket("udp4");
    await new Promise<void>((done) => other.bind(taken, "127.0.0.1", done));
    const numbers = [taken, taken + 1, taken + 1, taken + 2];
    const ports = await portsToListenOn(2, () => numbers.shift() ?? 0);
    other.close();
    expect(ports).toEqual([taken + 1, taken + 2]);
  });
});
