import { describe, expect, it } from 'vitest'
import { toMessageBody } from '../../../server/tickets/message-body.ts'

describe('a message body', () => {
  it.each([
    ['plain text keeps its lines', 'um\ndois\n\ntrês', '<p>um<br />dois</p><p>três</p>', 'um\ndois\n\ntrês'],
    [
      'plain text keeps signs that look like markup',
      'a < b && <nome>',
      '<p>a &lt; b &amp;&amp; &lt;nome&gt;</p>',
      'a < b && <nome>',
    ],
    ['scripts vanish with their text', '<p>a</p><script>alert(1)</script>', '<p>a</p>', 'a'],
    ['handlers and styles vanish', '<p onclick="x" style="position:fixed">a</p>', '<p>a</p>', 'a'],
    ['links that run something lose their target', '<a href="javascript:x">a</a>', '<a>a</a>', 'a'],
    [
      'good links stay',
      '<a href="https://ipe.example/a?b=1">a</a>',
      '<a href="https://ipe.example/a?b=1">a</a>',
      'a (https://ipe.example/a?b=1)',
    ],
    [
      'remote pictures vanish, for they tell the sender who reads',
      '<p>a<img src="https://x.example/p.gif">b</p>',
      '<p>ab</p>',
      'ab',
    ],
    [
      'forms and frames vanish',
      '<form action="/x"><input></form><iframe src="/"></iframe><b>a</b>',
      '<b>a</b>',
      'a',
    ],
    ['null characters vanish', 'a\0b', '<p>ab</p>', 'ab'],
    ['nothing stays nothing', '  \n ', '', ''],
  ])('%s', (_, input, html, text) => {
    expect(toMessageBody(input)).toEqual({ html, text })
  })

  it('a thousand nested tags are no burden', () => {
    expect(toMessageBody(`${'<div>'.repeat(1_000)}a${'</div>'.repeat(1_000)}`).text).toBe('a')
  })

  it('cleaning what is clean changes nothing', () => {
    const { html } = toMessageBody(
      '<p>Olá <b>José</b>,<br />veja <a href="https://a.example">aqui</a> &lt;já&gt;</p><ul><li>x</li></ul>',
    )
    expect(toMessageBody(html).html).toBe(html)
  })
})
