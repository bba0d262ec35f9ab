import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { MESSAGE_LIMITS } from "../../core/boundedJson.js";
import { err, ok, type Result } from "../../core/result.js";
import type { Envelope } from "../../contract/envelope.js";
import { CLOSED_WITHOUT_KEY, decodeWire, encodeWire } from "../../contract/wire.js";
import { ioFailure, type IoFailure } from "../../io/fileStore.js";
import type { Station } from "../stationTypes.js";
import { hostRefusal, refusalOf, urlOf, type Refusal } from "./accessRules.js";
import { serveFile } from "./staticFiles.js";

/**
 * Recordings come in parts of 4 MB, plans and coast lines are 5 MB at most; accepting larger messages would delay a
 * heartbeat.
 */
const MESSAGE_MAX_BYTES = 16 * 1024 * 1024;
/** A browser with this much unsent data gets no pictures until it catches up; all other messages are small. */
const PICTURE_BACKLOG_BYTES = 4 * 1024 * 1024;
/** A browser that reads nothing at all is disconnected; it reconnects by itself. */
const BACKLOG_MAX_BYTES = 64 * 1024 * 1024;

export type WebServer = {
  readonly port: number;
  readonly token: string;
  /** The address to open: the token is in the URL's fragment, which browsers do not send. */
  readonly address: string;
  readonly close: () => Promise<void>;
};

type WebServerOptions = {
  readonly station: Station;
  /** Folder of the built screens. */
  readonly pagesFolder: string;
  /** 0 lets the system choose a port. */
  readonly port: number;
  /** For tests; otherwise 128 random bits. */
  readonly token?: string;
};

/** The web server, on 127.0.0.1 only: the files of the screens, and the contract over a WebSocket at `/station`. */
export async function openWebServer(options: WebServerOptions): Promise<Result<WebServer, IoFailure>> {
  const token = options.token ?? randomBytes(16).toString("hex");
  const http = createServer();
  const listening = await listen(http, options.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX_BYTES, perMessageDeflate: false });

  http.on("request", (request, response) => {
    const refusal = hostRefusal(request, port);
    if (refusal) response.writeHead(refusal.status, { "content-type": "text/plain" }).end(refusal.because);
    else void serveFile(options.pagesFolder, request, response);
  });
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The peer may vanish while it is being refused; that needs no handling.
    socket.on("error", () => socket.destroy());
    const isStation = urlOf(request)?.pathname === "/station";
    const refusal = isStation ? refusalOf(request, port, token) : { status: 400 as const, because: "no such socket" };
    if (refusal?.status === 401 && request.headers.origin !== undefined) {
      // Our own page with a wrong token: a browser hides the HTTP status from it, so it gets a close code that tells it
      // not to retry.
      sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on("error", () => opened.terminate());
        opened.close(CLOSED_WITHOUT_KEY, refusal.because);
      });
    } else if (refusal) refuse(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (opened) => serveStation(options.station, opened));
  });
  http.on("clientError", (_cause, socket) => socket.destroy());
  return ok({
    port,
    token,
    address: `http://127.0.0.1:${port}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  });
}

function listen(server: Server, port: number): Promise<Result<number, IoFailure>> {
  return new Promise((resolve) => {
    server.once("error", (cause) => resolve(err(ioFailure("listen", cause))));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(ok(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}

const STATUS_TEXT = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden" } as const;

function refuse(socket: Duplex, { status, because }: Refusal): void {
  const head = `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\nconnection: close\r\ncontent-type: text/plain\r\n`;
  socket.end(`${head}content-length: ${because.length}\r\n\r\n${because}`);
}

function serveStation(station: Station, socket: WebSocket): void {
  const send = (envelope: Envelope): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > BACKLOG_MAX_BYTES) {
      socket.terminate();
      return;
    }
    if (envelope.topic === "video-frame" && socket.bufferedAmount > PICTURE_BACKLOG_BYTES) return;
    socket.send(encodeWire(envelope));
  };
  const session = station.connectUi(send);
  socket.on("message", (data: RawData, isBinary: boolean) => {
    const bytes = bytesOf(data);
    session.fromUi(decodeWire(isBinary ? bytes : textOf(bytes), MESSAGE_LIMITS));
  });
  socket.on("close", () => session.close());
  // A protocol error closes the socket; the page reconnects.
  socket.on("error", () => socket.terminate());
}

/** A text frame larger than any of our messages is never decoded. */
const textOf = (bytes: Uint8Array): string =>
  bytes.byteLength > 4 * MESSAGE_LIMITS.charsMax ? "" : Buffer.from(bytes).toString("utf8");

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
