import { describe, expect, it } from 'vitest'
import { templateVariables } from '../../../server/templates/contract.ts'
import { scopeOf, type TemplateScope } from '../../../server/templates/engine.ts'
import { greetingAt, Moment } from '../../../server/templates/moment.ts'
import { checkTemplate, renderMessage, renderTemplate } from '../../../server/templates/templates.ts'

const office = { locale: 'pt-BR', timezone: 'America/Sao_Paulo' } as const
const morning = Date.parse('2026-11-25T12:30:00Z')

function scope(values: Record<string, string | Moment> = {}): TemplateScope {
  const unset = templateVariables.map(({ name }) => [name, ''] as const)
  return scopeOf([...unset, ...Object.entries(values)])
}

describe('what a template may say', () => {
  const maria = scope({
    'customer.name': 'Maria Souza',
    'customer.firstName': 'Maria',
    'customer.tier': 'VIP',
    'ticket.subject': 'Impressora fiscal não imprime',
    'ticket.createdAt': new Moment(morning, office),
  })
  it.each([
    ['a value', 'Olá, {{ customer.firstName }}!', 'Olá, Maria!'],
    ['a value that is not set', 'Olá{{ customer.phone }}!', 'Olá!'],
    ['a stand-in for it', '{{ agent.firstName | default: "a equipe" }}', 'a equipe'],
    ['a condition', '{% if customer.tier == "VIP" %}Já!{% else %}Logo.{% endif %}', 'Já!'],
    [
      'a condition on what is not set',
      '{% if ticket.dueAt %}com prazo{% else %}sem prazo{% endif %}',
      'sem prazo',
    ],
    [
      'the opposite',
      '{% unless customer.phone %}Qual é o seu telefone?{% endunless %}',
      'Qual é o seu telefone?',
    ],
    ['cases', '{% case customer.tier %}{% when "VIP" %}1{% else %}2{% endcase %}', '1'],
    ['capitals', '{{ customer.name | upcase }} {{ customer.name | downcase }}', 'MARIA SOUZA maria souza'],
    ['a shortened value', '{{ ticket.subject | truncate: 13 }}', 'Impressora...'],
    ['a moment of the office', '{{ ticket.createdAt }}', '25/11/2026 09:30'],
    ['its day', '{{ ticket.createdAt | date: "day" }}', '25/11/2026'],
    ['its time', '{{ ticket.createdAt | date: "time" }}', '09:30'],
    ['its weekday', '{{ ticket.createdAt | date: "weekday" }}', 'quarta-feira'],
    ['a remark for whoever edits it', 'a{% comment %}b{% endcomment %}c', 'ac'],
  ])('%s', (_, source, expected) => {
    expect(checkTemplate(source)).toEqual([])
    expect(renderTemplate(source, maria)).toBe(expected)
  })

  it('every variable of the contract passes the check', () => {
    for (const { name } of templateVariables) expect(checkTemplate(`{{ ${name} }}`)).toEqual([])
  })

  it('greets by the time of day at the office, in its language', () => {
    expect(greetingAt(morning, office)).toBe('Bom dia')
    expect(greetingAt(morning + 6 * 3_600_000, office)).toBe('Boa tarde')
    expect(greetingAt(morning + 12 * 3_600_000, office)).toBe('Boa noite')
    expect(greetingAt(morning, { locale: 'es', timezone: 'Asia/Tokyo' })).toBe('Buenas noches')
  })
})

describe('what a template may not say is told with its name and line', () => {
  it.each([
    ['Olá\n{{ customer.nome }}', { reason: 'template.unknown_variable', name: 'customer.nome', line: 2 }],
    ['{% if pedido %}x{% endif %}', { reason: 'template.unknown_variable', name: 'pedido', line: 1 }],
    ['<p>a</p><p>{{ x }}</p>', { reason: 'template.unknown_variable', name: 'x', line: 2 }],
    ['{{ customer }}', { reason: 'template.unknown_variable', name: 'customer', line: 1 }],
    ['{{ customer.name | shout }}', { reason: 'template.unknown_filter', name: 'shout', line: 1 }],
    ['{{ ticket.dueAt | date: "%d" }}', { reason: 'template.unknown_style', name: '%d', line: 1 }],
    ['{{ customer.name', { reason: 'template.syntax', line: 1 }],
    ['{% if customer.tier %}', { reason: 'template.syntax', line: 1 }],
    ['a\n{% endif %}', { reason: 'template.syntax', line: 2 }],
  ])('%s', (source, problem) => expect(checkTemplate(source)).toEqual([problem]))

  it('each unknown name is told once', () => {
    expect(checkTemplate('{{ a.b }} {{ a.b }} {{ c }}').map(({ name }) => name)).toEqual(['a.b', 'c'])
  })
})

describe('a hostile template ends soon, with a clear word', () => {
  const nested = '{% if ticket.number %}'
  it.each([
    ['loops', '{% for i in (1..99999999) %}{{ i }}{% endfor %}', 'template.unknown_tag'],
    ['files', '{% include "/etc/passwd" %}', 'template.unknown_tag'],
    ['templates of its own', '{% render "x" %}', 'template.unknown_tag'],
    ['layouts', '{% layout "x" %}', 'template.unknown_tag'],
    ['names of its own', '{% assign a = 1 %}', 'template.unknown_tag'],
    ['prototypes', '{{ customer.constructor }}', 'template.unknown_variable'],
    ['what all objects have', '{{ customer.__proto__.x }}', 'template.unknown_variable'],
    ['names put together', '{{ customer[ticket.subject] }}', 'template.unknown_variable'],
    ['millions', '{{ (1..99999999) }}', 'template.too_complex'],
    ['depth', nested.repeat(700), 'template.syntax'],
    ['great depth', `{%if 1%}`.repeat(1_200) + '{%endif%}'.repeat(1_100), 'template.syntax'],
    ['great length', 'x'.repeat(20_001), 'template.too_long'],
  ])('%s', (_, source, reason) => {
    const before = performance.now()
    expect(checkTemplate(source)[0]?.reason).toBe(reason)
    expect(() => renderTemplate(source, scope())).toThrow(/^template\./)
    expect(performance.now() - before).toBeLessThan(1_000)
  })

  it('what grows too long by its values is refused', () => {
    const long = scope({ 'message.text': 'x'.repeat(5_000) })
    expect(() => renderTemplate('{{ message.text }}'.repeat(1_000), long)).toThrow('template.too_long')
  })

  it('is not run a second time through what it says', () => {
    expect(renderTemplate('{{ customer.name }}', scope({ 'customer.name': '{{ agent.email }}' }))).toBe(
      '{{ agent.email }}',
    )
  })
})

describe('a message made of a template', () => {
  const hostile = scope({ 'customer.name': '<b>Zé</b><a href="http://x">y</a>', 'message.text': 'um\ndois' })

  it('takes values as words where it is HTML', () => {
    const { html, text } = renderMessage('<p>Olá, <strong>{{ customer.name }}</strong></p>', hostile)
    expect(html).not.toMatch(/<b>|<a /)
    expect(text).toBe('Olá, <b>Zé</b><a href="http://x">y</a>')
  })

  it('takes values as words where it is plain text', () => {
    const { html, text } = renderMessage('Olá, {{ customer.name }}\nBoa tarde', hostile)
    expect(html).not.toMatch(/<b>|<a /)
    expect(text).toContain('<b>Zé</b>')
  })

  it('keeps the lines of a value', () => {
    expect(renderMessage('<p>{{ message.text }}</p>', hostile).html).toBe('<p>um<br />dois</p>')
  })

  it('understands what an editor makes of quotes and signs inside of its words', () => {
    const source = '<p>{%&nbsp;if customer.name != &quot;&quot; %}sim{% endif %}</p>'
    expect(checkTemplate(source)).toEqual([])
    expect(renderMessage(source, hostile).text).toBe('sim')
  })

  it('leaves no empty line where a whole paragraph was a turn', () => {
    const source = '<p>Olá</p><p>{% if customer.tier %}</p><p>VIP</p><p>{% endif %}</p><p>Tchau</p>'
    expect(renderMessage(source, hostile).html).toBe('<p>Olá</p><p>Tchau</p>')
  })
})
