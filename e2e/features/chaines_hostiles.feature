# language: fr
Fonctionnalité: Ce que quelqu'un écrit reste du texte
  Des milliers de chaînes faites pour nuire, partout où l'on peut écrire. Le navigateur n'exécute rien, la politique de
  sécurité n'a rien à signaler, personne d'autre n'est interrogé, le serveur ne tombe pas, et l'on lit ce qui a été
  écrit.

  @js
  Scénario: une page naïve serait prise sur le fait
    Soit l'enquête ouverte aux réponses
    Alors une page qui recopie les chaînes hostiles est surprise de toutes les façons

  @js
  Scénario: les textes d'un questionnaire
    Soit l'enquête ouverte aux réponses
    Alors chaque texte hostile d'un questionnaire est montré et n'est que du texte

  @js
  Scénario: les réponses, tapées puis relues
    Soit l'enquête ouverte aux réponses
    Alors chaque réponse hostile est relue telle quelle et n'est que du texte

  @nojs
  Scénario: les réponses, sans script
    Soit l'enquête ouverte aux réponses
    Alors des réponses hostiles sont relues telles quelles et ne sont que du texte

  @js
  Scénario: le tableau de bord, en direct
    Soit l'enquête ouverte aux réponses
    Alors le tableau de bord en direct montre chaque réponse hostile telle quelle

  @js
  Scénario: les noms de ceux qui répondent à plusieurs
    Soit l'enquête ouverte aux réponses
    Alors les noms hostiles de plusieurs répondants sont montrés et ne sont que du texte

  @js
  Scénario: les pages de l'équipe
    Soit l'enquête ouverte aux réponses
    Alors les noms, adresses et jetons hostiles de l'équipe sont montrés et ne sont que du texte

  @js
  Scénario: les pages d'une vague
    Soit l'enquête ouverte aux réponses
    Alors les fichiers, messages, motifs et coordonnées hostiles d'une vague sont montrés et ne sont que du texte

  @js
  Scénario: les adresses, les fichiers, le journal
    Soit l'enquête ouverte aux réponses
    Alors des adresses hostiles ne mènent à rien, et ni les fichiers ni le journal n'en disent plus
