# language: fr
Fonctionnalité: Une vague a un lien, et quelque chose à dire une fois fermée
  Une organisatrice imprime le code QR de l'enquête, la ferme, et laisse un mot à qui arrive trop tard.

  @js @nojs
  Scénario: le code QR et le message de fermeture
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand j'ouvre les réglages de la vague
    Alors la page montre le code QR de son adresse
    Quand j'y écris le message de fermeture « Merci à toutes et tous. Résultats en juin. »
    Alors l'aperçu en français dit « Résultats en juin »
    Quand je ferme la vague
    Et j'arrive trop tard
    Alors la page dit « Cette enquête est terminée »
    Et la page dit « Merci à toutes et tous. Résultats en juin. »
    Quand j'ouvre les réglages de la vague
    Et je rouvre la vague
    Et j'arrive à temps
    Alors la page dit « Commencer »
