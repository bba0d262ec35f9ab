import { randomInt } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";

/**
 * Below the ports that systems assign to sockets that ask for any: 32768 and up on Linux, 49152 and up elsewhere. The
 * simulator's own sockets get such ports, and one of them once took the port that the station was about to listen on.
 */
const FIRST = 20_000;
const COUNT = 12_000;
const ATTEMPTS = 200;

function held(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(undefined));
    socket.bind(port, () => resolve(socket));
  });
}

async function heldSomewhere(pick: () => number): Promise<Socket> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const socket = await held(pick());
    if (socket) return socket;
  }
  throw new Error(`no UDP port from ${FIRST} to ${FIRST + COUNT - 1} could be had in ${ATTEMPTS} attempts`);
}

const anyPort = (): number => FIRST + randomInt(COUNT);

/**
 * UDP ports to listen on: free at this moment on every address, all different, and below the range that systems assign
 * by themselves. Each port is held open until all are found.
 */
export async function portsToListenOn(count: number, pick: () => number = anyPort): Promise<readonly number[]> {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i++) sockets.push(await heldSomewhere(pick));
  const ports = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => new Promise<void>((done) => socket.close(done))));
  return ports;
}
