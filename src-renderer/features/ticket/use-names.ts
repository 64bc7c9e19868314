import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { metrics, type Metric } from '../../../server/sla/contract.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCatalogStore } from '../../stores/catalog.ts'
import type { EventNames } from './event-words.ts'

interface Named {
  id: string
  name: string
}

const isMetric = (name: string): name is Metric => metrics.some((each) => each === name)

/** Names for the ids that history and conflicts speak of. Archived rows have theirs too. */
export function useNames(customerName: (id: string) => string | null = () => null) {
  const { t } = useI18n()
  const format = useFormat()
  const store = useCatalogStore()
  const nameIn = (rows: readonly Named[] | undefined, id: string) =>
    rows?.find((row) => row.id === id)?.name ?? null

  function fieldValue(key: string, value: unknown): string {
    const field = store.catalog?.fields.find((each) => each.key === key)
    if (typeof value === 'boolean') return value ? t('ticket.yes') : t('ticket.no')
    if (field?.kind === 'date' && typeof value === 'string') return format.date(`${value}T12:00`)
    const optionName = (option: unknown) =>
      field?.options.find((each) => each.key === option)?.name ?? String(option)
    if (Array.isArray(value)) return value.map(optionName).join(', ')
    return field?.kind === 'select' ? optionName(value) : String(value)
  }

  const names = computed<EventNames>(() => {
    const rows = store.catalog
    return {
      status: (id) => nameIn(rows?.statuses, id),
      priority: (id) => nameIn(rows?.priorities, id),
      type: (id) => nameIn(rows?.types, id),
      category: (id) => rows?.categories.find((row) => row.id === id)?.path.join(' › ') ?? null,
      team: (id) => nameIn(rows?.teams, id),
      agent: (id) => nameIn(rows?.agents, id),
      customer: customerName,
      tag: (id) => nameIn(rows?.tags, id),
      level: (level) => t(`ticket.level.${level}`),
      dateTime: (at) => format.dateTime(at),
      moment: (at) => format.moment(at),
      promise: (metric) => (isMetric(metric) ? t(`ticket.sla.metric.${metric}`) : null),
      fieldName: (key) => rows?.fields.find((each) => each.key === key)?.name ?? key,
      fieldValue,
      unknown: t('ticket.event.unknown'),
    }
  })

  /** A property's value, as a change or a ticket holds it, in words. */
  function valueName(property: string, value: unknown): string {
    if (property.startsWith('fields.')) {
      return value === null || value === undefined
        ? t('ticket.none.value')
        : fieldValue(property.slice(7), value)
    }
    if (value === null || value === undefined || value === '') return t('ticket.none.value')
    if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : t('ticket.none.value')
    const text = String(value)
    const { status, priority, type, category, team, agent, customer, level, dateTime, unknown } = names.value
    const lookUp: Record<string, (id: string) => string | null> = {
      statusId: status,
      priorityId: priority,
      typeId: type,
      categoryId: category,
      teamId: team,
      agentId: agent,
      requesterId: customer,
      urgency: level,
      impact: level,
      dueAt: (at) => dateTime(Date.parse(at)),
      dueReason: () => text,
      subject: () => text,
    }
    return lookUp[property]?.(text) ?? unknown
  }

  /** What a property is called, custom fields included. */
  function propertyName(property: string): string {
    if (property.startsWith('fields.')) return names.value.fieldName(property.slice(7))
    return t(`ticket.property.${property}`)
  }

  return { names, valueName, propertyName }
}
