/** What is asked when the program that is the server is to end. */
import type { Language } from '../ipc/contract.ts'

const ptBR = {
  message: 'Sair também desliga o servidor',
  detail:
    'Este computador é o servidor do Balcão. Se você sair, os colegas ficam sem acesso até que o programa seja aberto de novo aqui.',
  yes: 'Sair e desligar o servidor',
  no: 'Continuar aberto',
}

type HostWords = typeof ptBR

const en: HostWords = {
  message: 'Quitting also stops the server',
  detail:
    'This computer is Balcão’s server. If you quit, your colleagues have no access until the program is opened here again.',
  yes: 'Quit and stop the server',
  no: 'Keep it running',
}

const es: HostWords = {
  message: 'Salir también detiene el servidor',
  detail:
    'Este equipo es el servidor de Balcão. Si usted sale, sus colegas se quedan sin acceso hasta que el programa se abra de nuevo aquí.',
  yes: 'Salir y detener el servidor',
  no: 'Seguir abierto',
}

export const hostWords: Record<Language, HostWords> = { 'pt-BR': ptBR, en, es }
