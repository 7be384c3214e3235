# language: fr
Fonctionnalité: Se connecter sans mot de passe
  L'équipe se connecte par une clé d'accès ; le mot de passe reste, avec ou sans JavaScript.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js
  Scénario: ajouter une clé d'accès, se connecter avec elle, la retirer
    Soit un appareil qui garde des clés d'accès
    Quand je crée le compte d'administration
    Et j'ajoute la clé d'accès « Téléphone »
    Alors la page annonce « La clé d'accès est ajoutée »
    Quand je me déconnecte
    Et je me connecte avec ma clé d'accès, au clavier
    Alors je suis dans mon espace
    Quand je retire la clé d'accès « Téléphone »
    Alors la page annonce « La clé d'accès est retirée »
    Quand je me déconnecte
    Et je présente ma clé d'accès
    Alors la page annonce « Cette preuve n'a pas été reconnue »

  @js
  Scénario: un appareil qui ne reconnaît pas la personne
    Soit un appareil qui garde des clés d'accès
    Quand je crée le compte d'administration
    Et j'ajoute la clé d'accès « Téléphone »
    Alors la page annonce « La clé d'accès est ajoutée »
    Quand je me déconnecte
    Et l'appareil ne me reconnaît pas
    Et je présente ma clé d'accès
    Alors la page annonce « Rien n'a été fait »
    Quand je me connecte avec mon mot de passe
    Alors je suis dans mon espace

  @js
  Scénario: un appareil qui garde déjà une clé d'accès
    Soit un appareil qui garde des clés d'accès
    Quand je crée le compte d'administration
    Et j'ajoute la clé d'accès « Téléphone »
    Alors la page annonce « La clé d'accès est ajoutée »
    Quand j'ajoute la clé d'accès « Encore »
    Alors la page annonce « Cet appareil garde déjà une clé d'accès »

  @nojs
  Scénario: sans JavaScript, le mot de passe suffit
    Quand je crée le compte d'administration
    Et je me déconnecte
    Et j'ouvre la page de connexion
    Alors la page dit « Les clés d'accès ont besoin de JavaScript »
    Quand je me connecte avec mon mot de passe
    Alors je suis dans mon espace
