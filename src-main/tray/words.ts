/** The tray's words. Spans are rounded down: nobody counts seconds beside the clock. */
import type { Severity } from '../../server/alerts/contract.ts'
import type { PresenceState } from '../../server/routing/contract.ts'
import type { Language } from '../ipc/contract.ts'

export interface TrayWords {
  readonly open: string
  readonly quit: string
  readonly startAtLogin: string
  readonly newCall: string
  readonly openTicket: string
  readonly openAlerts: string
  readonly acknowledge: string
  snooze(minutes: number): string
  allAlerts(count: number): string
  presence(state: string): string
  readonly presenceState: Readonly<Record<PresenceState, string>>
  readonly signedOut: string
  readonly offline: string
  offlineFor(ago: string): string
  readonly nothing: string
  count(severity: Severity, count: number): string
  oldest(ago: string): string
  /** `ms`: a span until now. */
  ago(ms: number): string
  /** Before a title: menus of systems have no colours. */
  readonly mark: Readonly<Record<Severity, string>>
}

const mark: TrayWords['mark'] = { urgent: '‼', warning: '!', info: '·' }

function span(ms: number, units: { now: string; minute: string; hour: string; day: string }): string {
  const minutes = Math.floor(Math.max(ms, 0) / 60_000)
  if (minutes < 1) return units.now
  if (minutes < 60) return `${String(minutes)} ${units.minute}`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${String(hours)} ${units.hour}`
  return `${String(Math.floor(hours / 24))} ${units.day}`
}

const ptBR: TrayWords = {
  open: 'Abrir o Balcão',
  quit: 'Sair do Balcão',
  startAtLogin: 'Iniciar com o computador',
  newCall: 'Nova ligação…',
  openTicket: 'Abrir ticket',
  openAlerts: 'Ver nos alertas',
  acknowledge: 'Ciente',
  snooze: (minutes) => `Adiar ${String(minutes)} min`,
  allAlerts: (count) => (count > 0 ? `Todos os alertas (${String(count)})…` : 'Alertas…'),
  presence: (state) => `Minha situação: ${state}`,
  presenceState: { available: 'Disponível', busy: 'Ocupado', away: 'Ausente', offline: 'Offline' },
  signedOut: 'ninguém entrou',
  offline: 'sem conexão com o servidor',
  offlineFor: (ago) => `sem conexão com o servidor ${ago}`,
  nothing: 'nenhum alerta',
  count: (severity, count) =>
    ({
      urgent: count === 1 ? '1 alerta urgente' : `${String(count)} alertas urgentes`,
      warning: count === 1 ? '1 alerta de atenção' : `${String(count)} alertas de atenção`,
      info: count === 1 ? '1 alerta' : `${String(count)} alertas`,
    })[severity],
  oldest: (ago) => `o mais antigo ${ago}`,
  ago: (ms) => {
    const text = span(ms, {
      now: 'agora',
      minute: 'min',
      hour: 'h',
      day: ms < 2 * 86_400_000 ? 'dia' : 'dias',
    })
    return text === 'agora' ? text : `há ${text}`
  },
  mark,
}

const en: TrayWords = {
  open: 'Open Balcão',
  quit: 'Quit Balcão',
  startAtLogin: 'Start with the computer',
  newCall: 'New Call…',
  openTicket: 'Open Ticket',
  openAlerts: 'See in Alerts',
  acknowledge: 'Acknowledge',
  snooze: (minutes) => `Snooze ${String(minutes)} min`,
  allAlerts: (count) => (count > 0 ? `All Alerts (${String(count)})…` : 'Alerts…'),
  presence: (state) => `My Status: ${state}`,
  presenceState: { available: 'Available', busy: 'Busy', away: 'Away', offline: 'Offline' },
  signedOut: 'nobody is signed in',
  offline: 'no connection to the server',
  offlineFor: (ago) => `lost the server ${ago}`,
  nothing: 'no alerts',
  count: (severity, count) =>
    ({
      urgent: count === 1 ? '1 urgent alert' : `${String(count)} urgent alerts`,
      warning: count === 1 ? '1 warning' : `${String(count)} warnings`,
      info: count === 1 ? '1 alert' : `${String(count)} alerts`,
    })[severity],
  oldest: (ago) => `the oldest ${ago}`,
  ago: (ms) => {
    const text = span(ms, {
      now: 'just now',
      minute: 'min',
      hour: 'h',
      day: ms < 2 * 86_400_000 ? 'day' : 'days',
    })
    return text === 'just now' ? text : `${text} ago`
  },
  mark,
}

const es: TrayWords = {
  open: 'Abrir Balcão',
  quit: 'Salir de Balcão',
  startAtLogin: 'Iniciar con el equipo',
  newCall: 'Nueva llamada…',
  openTicket: 'Abrir ticket',
  openAlerts: 'Ver en las alertas',
  acknowledge: 'Enterado',
  snooze: (minutes) => `Posponer ${String(minutes)} min`,
  allAlerts: (count) => (count > 0 ? `Todas las alertas (${String(count)})…` : 'Alertas…'),
  presence: (state) => `Mi estado: ${state}`,
  presenceState: { available: 'Disponible', busy: 'Ocupado', away: 'Ausente', offline: 'Desconectado' },
  signedOut: 'nadie ha iniciado sesión',
  offline: 'sin conexión con el servidor',
  offlineFor: (ago) => `sin conexión con el servidor desde ${ago}`,
  nothing: 'ninguna alerta',
  count: (severity, count) =>
    ({
      urgent: count === 1 ? '1 alerta urgente' : `${String(count)} alertas urgentes`,
      warning: count === 1 ? '1 alerta de atención' : `${String(count)} alertas de atención`,
      info: count === 1 ? '1 alerta' : `${String(count)} alertas`,
    })[severity],
  oldest: (ago) => `la más antigua ${ago}`,
  ago: (ms) => {
    const text = span(ms, {
      now: 'ahora',
      minute: 'min',
      hour: 'h',
      day: ms < 2 * 86_400_000 ? 'día' : 'días',
    })
    return text === 'ahora' ? text : `hace ${text}`
  },
  mark,
}

export const trayWords: Readonly<Record<Language, TrayWords>> = { 'pt-BR': ptBR, en, es }
