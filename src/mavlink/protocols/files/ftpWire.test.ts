import { describe, expect, it } from "vitest";
import { frameOf, OWN, PEER, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import { DEFAULT_FTP_RETRY_POLICY, ftpRetryPolicyFor } from "./ftpRetryPolicy.js";
import { ftpMessage, ftpPacketFrom, packetFromPayload, payloadOf, type FtpPacket } from "./ftpWire.js";

const PACKET: FtpPacket = {
  ...{ seq: 0x1234, session: 5, opcode: 128, size: 3, reqOpcode: 15, isBurstComplete: true, offsetBytes: 0x01020304 },
  data: Uint8Array.of(7, 8, 9),
};

describe("a packet of the file protocol", () => {
  it("has MAVLink's layout: little endian, twelve bytes before the data", () => {
    const payload = payloadOf(PACKET);
    expect(payload.byteLength).toBe(251);
    expect([...payload.slice(0, 16)]).toEqual([0x34, 0x12, 5, 128, 3, 15, 1, 0, 4, 3, 2, 1, 7, 8, 9, 0]);
    expect(packetFromPayload(payload)).toEqual(PACKET);
    expect(payloadOf({ ...PACKET, isBurstComplete: false })[6]).toBe(0);
  });
  it("is read only from twelve bytes on, and has at most 239 bytes of data", () => {
    expect(packetFromPayload(new Uint8Array(11))).toBeUndefined();
    expect(packetFromPayload(new Uint8Array(12))).toMatchObject({ seq: 0, data: new Uint8Array(0) });
    const full = new Uint8Array(260).fill(1);
    full[4] = 255;
    expect(packetFromPayload(full)).toMatchObject({ size: 255, data: new Uint8Array(239).fill(1) });
    expect(payloadOf({ ...PACKET, data: new Uint8Array(300).fill(1) }).byteLength).toBe(251);
  });
  it("is read where it lies in a larger buffer", () => {
    const buffer = new Uint8Array(300);
    buffer.set(payloadOf(PACKET), 20);
    expect(packetFromPayload(buffer.subarray(20, 271))).toEqual(PACKET);
  });
  it("is sent to the vehicle", () => {
    expect(ftpMessage(PACKET, VEHICLE)).toEqual({
      name: "FILE_TRANSFER_PROTOCOL",
      fields: { target_network: 0, ...TO_VEHICLE, payload: [...payloadOf(PACKET)] },
    });
  });
  it("is ours when the vehicle sends it to this station, or, as PX4 does, to component 0", () => {
    const received = (to: typeof OWN, from = VEHICLE) => ftpPacketFrom(frameOf(ftpMessage(PACKET, to), from), PEER);
    expect(received(OWN)).toEqual(PACKET);
    expect(received({ ...OWN, componentId: 0 })).toEqual(PACKET);
    expect(received({ ...OWN, componentId: 191 })).toBeUndefined();
    expect(received({ ...OWN, systemId: 254 })).toBeUndefined();
    expect(received(OWN, { systemId: 8, componentId: 1 })).toBeUndefined();
    expect(received(OWN, { systemId: 7, componentId: 154 })).toBeUndefined();
    expect(ftpPacketFrom(frameOf({ name: "HEARTBEAT", fields: {} }), PEER)).toBeUndefined();
  });
});

it("the time-outs of the file protocol follow the link's round trip, from 0.4 to 5 seconds", () => {
  expect([0, 50, 51, 1000, 9000].map((roundTripMs) => ftpRetryPolicyFor(roundTripMs).firstMs)).toEqual([
    400, 400, 402, 2300, 5000,
  ]);
  expect(ftpRetryPolicyFor(undefined)).toEqual(DEFAULT_FTP_RETRY_POLICY);
  expect(ftpRetryPolicyFor(50)).toEqual({ ...DEFAULT_FTP_RETRY_POLICY, firstMs: 400 });
});
