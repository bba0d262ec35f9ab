/** What the station says of its recording and its disk, and why a file cannot be read or written, in words. */
const en = {
  "io.read": "read",
  "io.write": "write",
  "io.open": "open",
  "io.append": "write",
  "io.cut": "write",
  "io.sync": "write to the disk",
  "io.close": "close",
  "io.make folder": "make the folder",
  "io.rename": "rename",
  "io.listen": "open the port",
  "io.keep a key": "keep the key",
  "app.recorder.no-video": "no video",
  "app.recorder.left": "{{span}} left",
  "app.recorder.free": "{{bytes}} free",
} as const;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "io.read": "lire",
  "io.write": "écrire",
  "io.open": "ouvrir",
  "io.append": "écrire",
  "io.cut": "écrire",
  "io.sync": "écrire sur le disque",
  "io.close": "fermer",
  "io.make folder": "créer le dossier",
  "io.rename": "renommer",
  "io.listen": "ouvrir le port",
  "io.keep a key": "conserver la clé",
  "app.recorder.no-video": "sans vidéo",
  "app.recorder.left": "encore {{span}}",
  "app.recorder.free": "{{bytes}} libres",
};

export const recordingTexts = { en, fr };
