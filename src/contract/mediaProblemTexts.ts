/**
 * The text for every problem of a picture or a video: one sentence a kind and language, for the command line (English)
 * and the screens (both languages). `{{name}}` is replaced by that fact of the problem. A kind without a text does not
 * compile.
 */
import type { FileKind, PictureProblem, VideoProblem } from "../core/mediaProblem.js";

type Sentences<Kind extends string> = Readonly<Record<"en" | "fr", Readonly<Record<Kind, string>>>>;

export const pictureProblemTexts: Sentences<PictureProblem["kind"]> = {
  en: {
    "not-readable": "this file cannot be read ({{reason}}): check the rights and the disk",
    "not-there": "there is no such file",
    "not-a-file": "this is a {{what}}, not a file",
    empty: "the file is empty",
    "not-a-picture": "this is no picture of a kind that is known here (JPEG, PNG and TIFF are read)",
    "is-video": "this is a video ({{format}}), not a picture",
    "format-not-read": "this is a {{format}} file, which this station does not read (JPEG, PNG and TIFF are read)",
    "form-not-read": "this is a {{format}} with {{form}}, which this station does not read",
    "cut-off": "the {{format}} is cut off: its end is missing, so part of the picture is unknown",
    damaged: "the {{format}} is damaged",
    "too-few-pixels":
      "the picture has {{widthPx}} x {{heightPx}} pixels, too few to tell a thing from its surroundings",
    "too-many-pixels":
      "the picture has {{widthPx}} x {{heightPx}} pixels; at most {{megapixelsMax}} million pixels are read",
    "too-many-bytes": "the file is too large: at most {{megabytesMax}} MB are read",
  },
  fr: {
    "not-readable": "ce fichier ne peut pas être lu ({{reason}}) : vérifiez les droits et le disque",
    "not-there": "ce fichier n'existe pas",
    "not-a-file": "ceci est {{what}}, pas un fichier",
    empty: "le fichier est vide",
    "not-a-picture": "ceci n'est pas une image d'un genre connu ici (JPEG, PNG et TIFF sont lus)",
    "is-video": "ceci est une vidéo ({{format}}), pas une image",
    "format-not-read": "ceci est un fichier {{format}}, que cette station ne lit pas (JPEG, PNG et TIFF sont lus)",
    "form-not-read": "ceci est un {{format}} avec {{form}}, que cette station ne lit pas",
    "cut-off": "le {{format}} est tronqué : la fin manque, une partie de l'image est donc inconnue",
    damaged: "le {{format}} est endommagé",
    "too-few-pixels":
      "l'image a {{widthPx}} x {{heightPx}} pixels, trop peu pour distinguer une chose de ce qui l'entoure",
    "too-many-pixels":
      "l'image a {{widthPx}} x {{heightPx}} pixels ; au plus {{megapixelsMax}} millions de pixels sont lus",
    "too-many-bytes": "le fichier est trop grand : au plus {{megabytesMax}} Mo sont lus",
  },
};

export const videoProblemTexts: Sentences<VideoProblem["kind"]> = {
  en: {
    "not-readable": "this file cannot be read ({{reason}}): check the rights and the disk",
    "not-there": "there is no such file",
    "not-a-file": "this is a {{what}}, not a file",
    empty: "the file is empty",
    "not-video": "this is no video of a kind that is known here (H.264 in an MPEG transport stream is read)",
    "is-picture": "this is a picture ({{format}}), not a video",
    container:
      "its container is {{format}}, which this station does not read: an MPEG transport stream (.ts) is expected; ffmpeg -i IN -c copy OUT.ts makes one",
    codec: "its video is {{codec}}, which this station does not read (H.264 is read)",
    "rtp-codec": "this is RTP with {{codec}}, which this station does not read (H.264 is read)",
    "rtp-no-parameters":
      "this is RTP with H.264, but its parameter sets (SPS, PPS) never come with it: let the sender repeat them (h264parse config-interval=1; ffmpeg -bsf:v dump_extra)",
    "audio-only": "it holds sound and no pictures",
    encrypted: "its video is encrypted (scrambled): this station has no key for it",
    "no-tables": "it is a transport stream without program tables: what its packets carry is not said",
    "no-pictures": "it is a transport stream, but no pictures came in it",
    "no-keyframe": "its video is H.264, but no keyframe came: without one nothing can be shown",
    "not-decodable": "its video says H.264, but its pictures cannot be decoded",
    "too-many-pixels": "its pictures are said to have {{widthPx}} x {{heightPx}} pixels, too many to be decoded safely",
    "port-taken": "{{uri}} is used by another program on this computer: close it, or choose another port",
    "port-failed": "{{uri}} cannot be listened on ({{reason}}); it is tried again",
    "decoder-missing": "no video decoder is installed (the optional package @napi-rs/webcodecs)",
    "worker-stopped": "the video's own process stopped; it is being started again",
    "detector-stopped": "the detector does not answer: nobody is being looked for in these pictures",
  },
  fr: {
    "not-readable": "ce fichier ne peut pas être lu ({{reason}}) : vérifiez les droits et le disque",
    "not-there": "ce fichier n'existe pas",
    "not-a-file": "ceci est {{what}}, pas un fichier",
    empty: "le fichier est vide",
    "not-video": "ceci n'est pas une vidéo d'un genre connu ici (H.264 dans un flux de transport MPEG est lu)",
    "is-picture": "ceci est une image ({{format}}), pas une vidéo",
    container:
      "son conteneur est {{format}}, que cette station ne lit pas : un flux de transport MPEG (.ts) est attendu ; ffmpeg -i ENTREE -c copy SORTIE.ts en fait un",
    codec: "sa vidéo est en {{codec}}, que cette station ne lit pas (H.264 est lu)",
    "rtp-codec": "ceci est du RTP avec {{codec}}, que cette station ne lit pas (H.264 est lu)",
    "rtp-no-parameters":
      "ceci est du RTP avec H.264, mais ses jeux de paramètres (SPS, PPS) ne viennent jamais avec lui : faites-les répéter par l'émetteur (h264parse config-interval=1 ; ffmpeg -bsf:v dump_extra)",
    "audio-only": "elle contient du son et aucune image",
    encrypted: "sa vidéo est chiffrée (embrouillée) : cette station n'en a pas la clé",
    "no-tables": "c'est un flux de transport sans tables de programme : le contenu de ses paquets n'est pas dit",
    "no-pictures": "c'est un flux de transport, mais aucune image n'y est venue",
    "no-keyframe": "sa vidéo est en H.264, mais aucune image clé n'est venue : sans elle rien ne peut être montré",
    "not-decodable": "sa vidéo se dit H.264, mais ses images ne peuvent pas être décodées",
    "too-many-pixels": "ses images auraient {{widthPx}} x {{heightPx}} pixels, trop pour être décodées sans danger",
    "port-taken": "{{uri}} est pris par un autre programme de cet ordinateur : fermez-le, ou choisissez un autre port",
    "port-failed": "{{uri}} ne peut pas être écouté ({{reason}}) ; un nouvel essai suit",
    "decoder-missing": "aucun décodeur vidéo n'est installé (le paquet facultatif @napi-rs/webcodecs)",
    "worker-stopped": "le processus de la vidéo s'est arrêté ; il est relancé",
    "detector-stopped": "le détecteur ne répond pas : personne n'est recherché sur ces images",
  },
};

const fileKindTexts: Sentences<FileKind> = {
  en: { folder: "folder", pipe: "pipe", device: "device", socket: "socket" },
  fr: { folder: "un dossier", pipe: "un tube", device: "un périphérique", socket: "un socket" },
};

/** The text with its facts filled in, for programs without the screens' translator. */
export function mediaProblemText(
  texts: typeof pictureProblemTexts | typeof videoProblemTexts,
  problem: PictureProblem | VideoProblem,
  language: "en" | "fr" = "en",
): string {
  const template = (texts[language] as Readonly<Record<string, string>>)[problem.kind] ?? problem.kind;
  const facts: Readonly<Record<string, unknown>> = problem;
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const fact = facts[name];
    const fileKind = (fileKindTexts[language] as Readonly<Record<string, string>>)[String(fact)];
    return name === "what" && fileKind !== undefined ? fileKind : String(fact);
  });
}
