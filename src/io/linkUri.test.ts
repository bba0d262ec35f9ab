import { describe, expect, it } from "vitest";
import { parseLinkUri } from "./linkUri.js";

describe("link URIs", () => {
  it.each([
    ["udp://:14550", { kind: "udp-listen", host: "", port: 14550 }],
    ["udpin://0.0.0.0:14550", { kind: "udp-listen", host: "0.0.0.0", port: 14550 }],
    ["udp://10.0.0.7:14551", { kind: "udp-connect", host: "10.0.0.7", port: 14551 }],
    ["udpout://sitl:14550", { kind: "udp-connect", host: "sitl", port: 14550 }],
    ["tcp://127.0.0.1:5760", { kind: "tcp-connect", host: "127.0.0.1", port: 5760 }],
    ["tcp://[::1]:5760", { kind: "tcp-connect", host: "::1", port: 5760 }],
  ])("reads %s", (uri, value) => {
    expect(parseLinkUri(uri)).toEqual({ ok: true, value });
  });

  it.each([
    "",
    "udp:14550",
    "http://x:1",
    "tcp://:5760",
    "tcp://host",
    "udp://host:70000",
    "udp://host:0",
    "udpout://:1",
  ])("refuses %j and says what it wants", (uri) => {
    const parsed = parseLinkUri(uri);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error.problem).not.toBe("");
  });

  it("says that serial ports come later", () => {
    expect(parseLinkUri("serial:/dev/ttyUSB0:57600")).toMatchObject({ error: { problem: /later release/ } });
  });
});
