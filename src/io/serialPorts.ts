import { access, readdir } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { err, ok, type Result } from "../core/result.js";

/** The part of a `serialport` stream that a link uses; the package's mock has the same shape. */
export type SerialStream = {
  readonly isOpen: boolean;
  readonly writableLength: number;
  readonly open: (onOpened: (cause: Error | null) => void) => void;
  readonly write: (bytes: Uint8Array) => unknown;
  readonly close: (onClosed: (cause: Error | null) => void) => void;
  readonly on: {
    (event: "data", listener: (bytes: Uint8Array) => void): unknown;
    (event: "error" | "close", listener: (cause: Error | null | undefined) => void): unknown;
  };
};
type ListedPort = { readonly path: string; readonly manufacturer: string | undefined };
export type SerialDriver = {
  readonly create: (device: string, baudRate: number) => SerialStream;
  readonly list: () => Promise<readonly ListedPort[]>;
  /** Whether the device still exists. */
  readonly isThere: (device: string) => Promise<boolean>;
};

/** Loads the package's binary only when a serial port is used: on a machine without it all other links still work. */
export async function loadSerialDriver(): Promise<Result<SerialDriver, string>> {
  try {
    const { SerialPort } = await import("serialport");
    return ok({
      isThere,
      create: (path, baudRate) => new SerialPort({ path, baudRate, autoOpen: false }),
      list: async () => {
        // The types of the package's interface are not installed with it.
        const ports = (await SerialPort.list()) as readonly ListedPort[];
        return ports.map(({ path, manufacturer }) => ({ path, manufacturer }));
      },
    });
  } catch (cause: unknown) {
    return err(
      `serial ports cannot be used on this machine: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** Checks the device's path, on systems where devices have one. */
const isThere = (device: string): Promise<boolean> =>
  process.platform === "win32" || !isAbsolute(device)
    ? Promise.resolve(true)
    : access(device).then(
        () => true,
        () => false,
      );

const LINUX_PORTS = /^tty(USB|ACM|AMA|THS|mxc|O)\d+$/;

/** Serial ports of this machine; empty where there are none or they cannot be listed. */
export async function listSerialPorts(
  load: () => Promise<Result<SerialDriver, string>> = loadSerialDriver,
  deviceFolder = "/dev",
): Promise<readonly ListedPort[]> {
  const driver = await load();
  if (driver.ok) {
    try {
      return await driver.value.list();
    } catch {
      // On Linux the package uses udev, which a small system may not have: the device folder is read instead.
    }
  }
  // Without that folder there are no ports.
  const names = await readdir(deviceFolder).catch(() => []);
  return names
    .filter((name) => LINUX_PORTS.test(name))
    .sort()
    .map((name) => ({ path: `${deviceFolder}/${name}`, manufacturer: undefined }));
}
