/**
 * Loaded before a process of ours (`node --import`): writes every place outside this machine that it calls, sends to or asks the
 * name of, a line each, to the file named by VIGIE_OUTBOUND_LOG. It forbids nothing.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const log = process.env["VIGIE_OUTBOUND_LOG"] ?? "/dev/stderr";
const isHere = (host) => /^(127\.\d+\.\d+\.\d+|::1|localhost|0\.0\.0\.0|::)$/.test(host);
const note = (kind, host) => {
  if (host !== undefined && !isHere(String(host))) appendFileSync(log, `${kind} ${String(host)}\n`);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // Node hands its own calls over as one list: [options, callback].
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  note("tcp", typeof first === "object" ? first?.host : typeof second === "string" ? second : undefined);
  return connect.apply(this, args);
};
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...args) {
  note(
    "udp",
    args.find((word, i) => i > 0 && typeof word === "string"),
  );
  return send.apply(this, args);
};
for (const name of ["lookup", "resolve", "resolve4", "resolve6"])
  for (const from of [dns, dns.promises]) {
    const ask = from[name];
    from[name] = (host, ...rest) => {
      note("name", host);
      return ask.call(from, host, ...rest);
    };
  }
syncBuiltinESMExports();
