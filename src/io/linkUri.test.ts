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
    ["tcpin://:5760", { kind: "tcp-listen", host: "", port: 5760 }],
    ["tcpin://127.0.0.1:5760", { kind: "tcp-listen", host: "127.0.0.1", port: 5760 }],
    ["serial:/dev/ttyUSB0:57600", { kind: "serial", device: "/dev/ttyUSB0", baudRate: 57600 }],
    ["serial:COM3:115200", { kind: "serial", device: "COM3", baudRate: 115200 }],
    [
      "serial:/dev/serial/by-path/pci-0000:00:14.0-usb:921600",
      { kind: "serial", device: "/dev/serial/by-path/pci-0000:00:14.0-usb", baudRate: 921600 },
    ],
  ])("reads %s", (uri, value) => {
    expect(parseLinkUri(uri)).toEqual({ ok: true, value });
  });

  it.each([
    ["", /expected udp/],
    ["udp:14550", /expected udp/],
    ["http://x:1", /"http:\/\/" is no link/],
    ["tcp://:5760", /needs a host/],
    ["tcp://host", /needs a port/],
    ["udpin://", /needs a port/],
    ["udp://host:70000", /1 to 65535/],
    ["udp://host:0", /1 to 65535/],
    ["udpout://:1", /needs a host/],
    ["serial:", /needs a device/],
    ["serial:57600", /needs a device/],
    ["serial:/dev/ttyUSB0", /needs a baud rate: serial:\/dev\/ttyUSB0:57600/],
    ["serial:/dev/ttyUSB0:9", /300 to/],
  ])("refuses %j and says what it wants", (uri, problem) => {
    expect(parseLinkUri(uri)).toMatchObject({ ok: false, error: { kind: "bad-uri", uri, problem } });
  });
});
