# language: fr
Fonctionnalité: Chaque sorte de page est accessible
  Aussi celles où l'enquête fournie ne mène pas : une enquête close, une grille, un classement, chaque refus.
  Claires et sombres, en 320 et en 1280 pixels.

  @js
  Scénario: en français
    Soit un navigateur sans serveur
    Alors aucune sorte de page en français n'a de défaut d'accessibilité

  @js
  Scénario: en anglais
    Soit un navigateur sans serveur
    Alors aucune sorte de page en anglais n'a de défaut d'accessibilité
