/** What figures and groups are called in files and letters; screens have their own, longer words for the same keys. Pure. */
import type { Locale } from '../../settings/contract.ts'
import type { Channel } from '../../tickets/filter.contract.ts'
import type { FigureKind, Grouping, ReportName } from '../contract.ts'

export interface ReportWords {
  report: Record<ReportName, string>
  grouping: Record<Grouping, string>
  channel: Record<Channel, string>
  /** From Monday on. */
  weekdays: readonly string[]
  figure: Record<string, string>
  /** What a spread is made of: {@link figureName} puts it behind the duration's own name. */
  part: Record<'Median' | 'P90' | 'Average', string>
  elapsed: string
  before: string
  without: string
  total: string
  yes: string
  no: string
}

const parts = /^(.*?)(Elapsed)?(Median|P90|Average)$/

/** A figure's name by its key; the key itself where nobody has given it one. */
export function figureName(words: ReportWords, { key, kind }: { key: string; kind: FigureKind }): string {
  const [, base = '', elapsed, part] = kind === 'duration' ? (parts.exec(key) ?? []) : []
  if (!part) return words.figure[key] ?? key
  const name = `${words.figure[base] ?? base}${elapsed ? ` ${words.elapsed}` : ''}`
  return `${name} (${words.part[part as 'Median' | 'P90' | 'Average']})`
}

/** A group's name: as it is called, or what its key means. */
export function groupName(
  words: ReportWords,
  groupBy: Grouping,
  { key, name }: { key: string | null; name: string | null },
): string {
  if (key === null) return words.without
  if (name !== null) return name
  if (groupBy === 'channel') return words.channel[key as Channel] ?? key
  if (groupBy === 'weekday') return words.weekdays[Number(key) - 1] ?? key
  if (groupBy === 'hour') return `${key}:00`
  if (groupBy !== 'hourOfWeek') return key
  const [day = '', hour = ''] = key.split('-')
  return `${words.weekdays[Number(day) - 1] ?? day} ${hour}:00`
}

export const reportWords: Record<Locale, ReportWords> = {
  'pt-BR': {
    report: {
      volume: 'Volume',
      firstResponse: '1ª resposta',
      nextResponse: 'Próximas respostas',
      resolution: 'Solução',
      attainment: 'Prazos cumpridos',
      backlog: 'Em aberto',
      rework: 'Retrabalho',
      handling: 'Atendimento',
      satisfaction: 'Satisfação',
      macros: 'Respostas prontas',
    },
    grouping: {
      ...{ agent: 'Agente', team: 'Equipe', channel: 'Canal', type: 'Tipo', category: 'Categoria' },
      ...{ tag: 'Etiqueta', priority: 'Prioridade', customer: 'Cliente', organization: 'Organização' },
      ...{ tier: 'Nível', policy: 'Política', macro: 'Resposta pronta', hour: 'Hora' },
      ...{ weekday: 'Dia da semana', hourOfWeek: 'Hora da semana', day: 'Dia', week: 'Semana de' },
      month: 'Mês',
    },
    channel: { phone: 'Telefone', email: 'E-mail', chat: 'Chat', portal: 'Portal', manual: 'Manual' },
    weekdays: ['Segunda', 'Terça', 'Quarta', 'Quinta', 'Sexta', 'Sábado', 'Domingo'],
    figure: {
      ...{ created: 'Recebidos', resolved: 'Resolvidos', cancelled: 'Cancelados', growth: 'Saldo' },
      ...{ answered: 'Respondidos', firstResponse: '1ª resposta', nextResponse: 'Próxima resposta' },
      ...{ resolution: 'Solução', kept: 'No prazo', missed: 'Vencidas', keptShare: 'Cumpridas (%)' },
      firstResponseKeptShare: '1ª resposta no prazo (%)',
      nextResponseKeptShare: 'Próxima resposta no prazo (%)',
      resolutionKeptShare: 'Solução no prazo (%)',
      ...{ lateness: 'Atraso', open: 'Em aberto', age: 'Idade', opened: 'Entraram', ended: 'Saíram' },
      ...{ reopenedShare: 'Reabertos (%)', transferredShare: 'Trocaram de equipe (%)' },
      ...{ handedOverShare: 'Trocaram de agente (%)', oneTouchShare: 'Resolvidos na 1ª resposta (%)' },
      ...{ reopened: 'Reaberturas', transfers: 'Transferências', handovers: 'Trocas de agente' },
      ...{
        repliesAverage: 'Respostas por ticket',
        calls: 'Ligações',
        talk: 'Conversa',
        wrapUp: 'Pós-atendimento',
      },
      ...{ handlingTotal: 'Tempo em ligações', replies: 'Respostas', tickets: 'Tickets' },
      ...{ repliesPerTicket: 'Respostas por ticket', satisfiedShare: 'Satisfeitos (%)' },
      ...{ answers: 'Avaliações', scoreAverage: 'Nota média', npsAnswers: 'Respostas de NPS', nps: 'NPS' },
      ...{ uses: 'Usos', agents: 'Agentes', characters: 'Caracteres poupados' },
    },
    part: { Median: 'mediana', P90: '9 em 10', Average: 'média' },
    elapsed: 'em tempo corrido',
    ...{ before: 'antes', without: 'Sem', total: 'Total', yes: 'Sim', no: 'Não' },
  },
  en: {
    report: {
      volume: 'Volume',
      firstResponse: 'First response',
      nextResponse: 'Next responses',
      resolution: 'Resolution',
      attainment: 'Promises kept',
      backlog: 'Backlog',
      rework: 'Rework',
      handling: 'Handling',
      satisfaction: 'Satisfaction',
      macros: 'Canned replies',
    },
    grouping: {
      ...{ agent: 'Agent', team: 'Team', channel: 'Channel', type: 'Type', category: 'Category' },
      ...{ tag: 'Tag', priority: 'Priority', customer: 'Customer', organization: 'Organization' },
      ...{ tier: 'Tier', policy: 'Policy', macro: 'Canned reply', hour: 'Hour', weekday: 'Weekday' },
      ...{ hourOfWeek: 'Hour of the week', day: 'Day', week: 'Week of', month: 'Month' },
    },
    channel: { phone: 'Phone', email: 'E-mail', chat: 'Chat', portal: 'Portal', manual: 'Manual' },
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    figure: {
      ...{ created: 'Created', resolved: 'Resolved', cancelled: 'Cancelled', growth: 'Growth' },
      ...{ answered: 'Answered', firstResponse: 'First response', nextResponse: 'Next response' },
      ...{ resolution: 'Resolution', kept: 'Kept', missed: 'Missed', keptShare: 'Kept (%)' },
      firstResponseKeptShare: 'First response kept (%)',
      nextResponseKeptShare: 'Next response kept (%)',
      resolutionKeptShare: 'Resolution kept (%)',
      ...{ lateness: 'Lateness', open: 'Open', age: 'Age', opened: 'Came in', ended: 'Went out' },
      ...{ reopenedShare: 'Reopened (%)', transferredShare: 'Changed team (%)' },
      ...{ handedOverShare: 'Changed agent (%)', oneTouchShare: 'Resolved at first reply (%)' },
      ...{ reopened: 'Reopenings', transfers: 'Changes of team', handovers: 'Changes of agent' },
      ...{ repliesAverage: 'Replies per ticket', calls: 'Calls', talk: 'Talk', wrapUp: 'Wrap-up' },
      ...{ handlingTotal: 'Handling time', replies: 'Replies', tickets: 'Tickets' },
      ...{ repliesPerTicket: 'Replies per ticket', satisfiedShare: 'Satisfied (%)' },
      ...{ answers: 'Ratings', scoreAverage: 'Average rating', npsAnswers: 'NPS answers', nps: 'NPS' },
      ...{ uses: 'Uses', agents: 'Agents', characters: 'Characters saved' },
    },
    part: { Median: 'median', P90: '9 in 10', Average: 'average' },
    elapsed: 'elapsed',
    ...{ before: 'before', without: 'Without', total: 'Total', yes: 'Yes', no: 'No' },
  },
  es: {
    report: {
      volume: 'Volumen',
      firstResponse: '1.ª respuesta',
      nextResponse: 'Próximas respuestas',
      resolution: 'Solución',
      attainment: 'Plazos cumplidos',
      backlog: 'Abiertos',
      rework: 'Retrabajo',
      handling: 'Atención',
      satisfaction: 'Satisfacción',
      macros: 'Respuestas preparadas',
    },
    grouping: {
      ...{ agent: 'Agente', team: 'Equipo', channel: 'Canal', type: 'Tipo', category: 'Categoría' },
      ...{ tag: 'Etiqueta', priority: 'Prioridad', customer: 'Cliente', organization: 'Organización' },
      ...{ tier: 'Nivel', policy: 'Política', macro: 'Respuesta preparada', hour: 'Hora' },
      ...{ weekday: 'Día de la semana', hourOfWeek: 'Hora de la semana', day: 'Día', week: 'Semana del' },
      month: 'Mes',
    },
    channel: { phone: 'Teléfono', email: 'Correo', chat: 'Chat', portal: 'Portal', manual: 'Manual' },
    weekdays: ['Lunes', 'Martes', 'Miércoles', 'Jueves', 'Viernes', 'Sábado', 'Domingo'],
    figure: {
      ...{ created: 'Recibidos', resolved: 'Resueltos', cancelled: 'Cancelados', growth: 'Saldo' },
      ...{ answered: 'Respondidos', firstResponse: '1.ª respuesta', nextResponse: 'Próxima respuesta' },
      ...{ resolution: 'Solución', kept: 'A tiempo', missed: 'Fuera de plazo', keptShare: 'A tiempo (%)' },
      firstResponseKeptShare: '1.ª respuesta a tiempo (%)',
      nextResponseKeptShare: 'Próxima respuesta a tiempo (%)',
      resolutionKeptShare: 'Solución a tiempo (%)',
      ...{ lateness: 'Retraso', open: 'Abiertos', age: 'Antigüedad', opened: 'Entraron', ended: 'Salieron' },
      ...{ reopenedShare: 'Reabiertos (%)', transferredShare: 'Cambiaron de equipo (%)' },
      ...{ handedOverShare: 'Cambiaron de agente (%)', oneTouchShare: 'Resueltos en la 1.ª respuesta (%)' },
      ...{ reopened: 'Reaperturas', transfers: 'Cambios de equipo', handovers: 'Cambios de agente' },
      ...{ repliesAverage: 'Respuestas por ticket', calls: 'Llamadas', talk: 'Conversación' },
      ...{ wrapUp: 'Cierre de llamada', handlingTotal: 'Tiempo de atención', replies: 'Respuestas' },
      ...{ tickets: 'Tickets', repliesPerTicket: 'Respuestas por ticket', satisfiedShare: 'Satisfechos (%)' },
      ...{ answers: 'Valoraciones', scoreAverage: 'Nota media', npsAnswers: 'Respuestas de NPS', nps: 'NPS' },
      ...{ uses: 'Usos', agents: 'Agentes', characters: 'Caracteres ahorrados' },
    },
    part: { Median: 'mediana', P90: '9 de 10', Average: 'media' },
    elapsed: 'en tiempo corrido',
    ...{ before: 'antes', without: 'Sin', total: 'Total', yes: 'Sí', no: 'No' },
  },
}
