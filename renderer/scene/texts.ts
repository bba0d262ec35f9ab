/** Words of the 3D coast, in both languages. */
export const sceneTexts = {
  en: {
    "scene.noCoast": "No coast loaded: sea shown everywhere",
    "scene.home": "Home",
    "scene.traffic.noHeight": "height not told",
  },
  fr: {
    "scene.noCoast": "Aucune côte chargée : la mer est dessinée partout",
    "scene.home": "Départ",
    "scene.traffic.noHeight": "hauteur non dite",
  },
} as const;
