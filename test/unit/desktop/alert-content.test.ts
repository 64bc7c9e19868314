import { describe, expect, test } from 'vitest'
import { content, contentOfMany, type Reader } from '../../../src-main/alerts/content.ts'
import { newsHappening } from '../../../src-main/alerts/happening.ts'
import { aCall, anAlert, RAISED, TICKET } from './alert-support.ts'

const reader: Reader = { language: 'pt-BR', privacy: 'all', now: RAISED + 4 * 60_000 }
const message = newsHappening('customerMessage', 'mine', {
  id: TICKET,
  number: '2026-000001',
  subject: 'Impressora parada',
  requester: 'Rita Prado',
  actor: 'Rita Prado',
  text: 'Continua piscando em vermelho.',
})

describe('how much strangers may read', () => {
  test('all: what, since when, which ticket, whose', () => {
    expect(content(aCall(), reader)).toEqual({
      title: 'Prazo da 1ª resposta vencido há 4 min',
      body: '2026-000001 · Impressora parada\nRita Prado',
    })
  })

  test('only whom it is about: neither the matter nor its words', () => {
    const rule = aCall({ reason: 'rule.raised', data: { rule: 'VIP', text: 'Ligar já' } })
    for (const happening of [aCall(), rule])
      expect(content(happening, { ...reader, privacy: 'name' })).toEqual({
        title: 'Alerta urgente',
        body: 'Rita Prado',
      })
  })

  test('nothing: only that there is something', () => {
    for (const happening of [aCall(), message]) {
      const { title, body } = content(happening, { ...reader, privacy: 'nothing' })
      expect(`${title} ${body}`).not.toMatch(/Rita|2026|Impressora|piscando/)
    }
  })

  test('many at once keep the same level', () => {
    const many = [anAlert(), anAlert({ severity: 'warning' })]
    const { title, body } = contentOfMany(many, true, { ...reader, privacy: 'nothing' })
    expect(`${title} ${body}`).not.toMatch(/Rita|2026|Impressora|Prazo/)
  })
})

test.each([
  ['pt-BR', /^Prazo da 1ª resposta vencido há 4 min$/],
  ['en', /^First.response .*4 min/],
  ['es', /^Plazo de la 1.ª respuesta vencido hace 4 min$/],
] as const)('a missed deadline is told in %s', (language, words) => {
  expect(content(aCall(), { ...reader, language }).title).toMatch(words)
})

test('an alert that came late says how late', () => {
  expect(content(aCall({ lateMs: 3 * 3_600_000 }), reader).body).toContain('avisado com 3 h 00 de atraso')
})

test('a customer’s answer says who, which ticket, and its words', () => {
  expect(content(message, reader)).toEqual({
    title: 'Rita Prado respondeu',
    body: '2026-000001 · Impressora parada\nContinua piscando em vermelho.',
  })
})

test('many told as one say how many are urgent, and the most urgent of them', () => {
  const many = [anAlert(), anAlert({ severity: 'warning' }), anAlert({ severity: 'urgent' })]
  expect(contentOfMany(many, true, reader)).toEqual({
    title: '3 alertas chegaram enquanto este computador não podia avisar',
    body: '2 urgentes\nO mais urgente: Prazo da 1ª resposta vencido há 4 min',
  })
})

test.each([
  ['pt-BR', 1, '1 ticket sem responsável (limite 1) · Visão geral'],
  ['pt-BR', 2, '2 tickets sem responsável (limite 1) · Visão geral'],
  ['en', 1, '1 unassigned ticket (limit 1) · Visão geral'],
  ['es', 1, '1 ticket sin responsable (límite 1) · Visão geral'],
] as const)('a limit is told in %s in the number that it reached: %s', (language, value, words) => {
  const data = { tile: 'waiting', value, limit: 1, dashboard: 'Visão geral' }
  const alert = aCall({ ticketId: null, ticket: null, reason: 'dashboard.limit_reached', data })
  expect(content(alert, { ...reader, language }).title).toBe(words)
})
