/** What the main process says about its windows, in the notifications of the system. */
import type { Language } from '../ipc/contract.ts'

const ptBR = {
  stillHereTitle: 'O Balcão continua aberto',
  stillHereText:
    'Os alertas continuam chegando. Para voltar, clique no ícone ao lado do relógio; para encerrar, escolha “Sair do Balcão” no menu dele.',
  crashTitle: 'Esta janela parou de responder',
  crashText: 'O que você digitou está guardado. Clique aqui para tentar de novo.',
  shortcutTakenTitle: 'O atalho de nova ligação está ocupado',
  shortcutTakenText: 'Outro programa já usa {keys}. Clique para escolher outro atalho.',
  signedOutTitle: 'Nenhum alerta chega a este computador',
  signedOutText: 'Sua sessão terminou. Clique para entrar de novo.',
  diskFullTitle: 'O disco deste computador está cheio',
  diskFullText:
    'O que você fez ainda vai para o servidor, mas se perde se o Balcão for fechado antes. Libere espaço no disco.',
}

type WindowWords = typeof ptBR

const en: WindowWords = {
  stillHereTitle: 'Balcão is still running',
  stillHereText:
    'Alerts keep coming in. Click the icon beside the clock to come back; choose “Quit Balcão” in its menu to end it.',
  crashTitle: 'This window stopped responding',
  crashText: 'What you typed is kept. Click here to try again.',
  shortcutTakenTitle: 'The shortcut for a new call is taken',
  shortcutTakenText: 'Another program already uses {keys}. Click to choose another shortcut.',
  signedOutTitle: 'No alert reaches this computer',
  signedOutText: 'Your session has ended. Click to sign in again.',
  diskFullTitle: 'This computer’s disk is full',
  diskFullText:
    'What you did still goes to the server, but is lost if Balcão is closed before that. Free some space on the disk.',
}

const es: WindowWords = {
  stillHereTitle: 'Balcão sigue abierto',
  stillHereText:
    'Las alertas siguen llegando. Para volver, haga clic en el icono junto al reloj; para cerrarlo, elija «Salir de Balcão» en su menú.',
  crashTitle: 'Esta ventana dejó de responder',
  crashText: 'Lo que usted escribió está guardado. Haga clic aquí para intentarlo de nuevo.',
  shortcutTakenTitle: 'El atajo de nueva llamada está ocupado',
  shortcutTakenText: 'Otro programa ya usa {keys}. Haga clic para elegir otro atajo.',
  signedOutTitle: 'Ninguna alerta llega a este equipo',
  signedOutText: 'Su sesión terminó. Haga clic para volver a entrar.',
  diskFullTitle: 'El disco de este equipo está lleno',
  diskFullText:
    'Lo que hizo todavía llegará al servidor, pero se pierde si Balcão se cierra antes. Libere espacio en el disco.',
}

export const windowWords: Record<Language, WindowWords> = { 'pt-BR': ptBR, en, es }
