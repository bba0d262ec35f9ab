/** Words of the 3D coast, in both languages. */
export const sceneTexts = {
  en: {
    "scene.noCoast": "No coast loaded: sea shown everywhere",
    "scene.home": "Home",
  },
  fr: {
    "scene.noCoast": "Aucune côte chargée : la mer est dessinée partout",
    "scene.home": "Départ",
  },
} as const;
