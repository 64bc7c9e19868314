/** What an exchange needs to tell Balcão of calls, ready to be copied. Pure. */

export const EXAMPLES = ['asterisk', '3cx', 'curl'] as const
export type Example = (typeof EXAMPLES)[number]

export interface HookPlace {
  /** Where the hook is: the server's address with the path. */
  url: string
  /** Null when it is not known any more: a key is shown only once. */
  key: string | null
  /** What stands in the place of a key that isn't known. */
  blank: string
}

export const hookUrl = (server: string): string => `${server.replace(/\/+$/, '')}/hooks/phone`

export const exampleText = (example: Example, { url, key, blank }: HookPlace): string =>
  texts[example]({ url, key: key ?? blank })

const texts: Record<Example, (place: { url: string; key: string }) => string> = {
  asterisk: ({ url, key }) =>
    [
      '[balcao-tell]',
      '; ARG1: event, ARG2: number, ARG3: phones',
      `exten => s,1,Set(CURLOPT(httpheader)=X-Balcao-Key: ${key})`,
      ' same => n,Set(CURLOPT(httptimeout)=5)',
      ...(url.startsWith('https:') ? [' same => n,Set(CURLOPT(ssl_verifypeer)=0)'] : []),
      ` same => n,Set(BALCAO=\${CURL(${url},event=\${ARG1}&call_id=\${CHANNEL(linkedid)}&number=\${URIENCODE(\${ARG2})}&extension=\${URIENCODE(\${ARG3})})})`,
      ' same => n,Return()',
      '',
      '[balcao-answered]',
      'exten => s,1,Gosub(balcao-tell,s,1(answered,,${CHANNEL(name)}))',
      ' same => n,Return()',
      '',
      '[balcao-ended]',
      'exten => s,1,Gosub(balcao-tell,s,1(ended,,))',
      ' same => n,Return()',
      '',
      '[balcao-incoming]',
      'exten => _X.,1,Gosub(balcao-tell,s,1(incoming,${CALLERID(num)},PJSIP/201&PJSIP/202))',
      ' same => n,Set(CHANNEL(hangup_handler_push)=balcao-ended,s,1)',
      ' same => n,Dial(PJSIP/201&PJSIP/202,25,U(balcao-answered))',
      ' same => n,Hangup()',
    ].join('\n'),
  '3cx': ({ url, key }) =>
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<Crm Name="Balcao" Version="1" Country="BR" SupportsEmojis="false">',
      '  <Number Prefix="AsIs" MaxLength="" />',
      '  <Connection MaxConcurrentRequests="4" />',
      '  <Parameters />',
      '  <Authentication Type="No" />',
      '  <Scenarios>',
      '    <Scenario Id="ReportCall" Type="REST">',
      `      <Request Url="${url}" RequestType="Post" RequestEncoding="Json" ResponseType="Json">`,
      '        <Headers>',
      `          <Value Key="X-Balcao-Key" Type="String">${key}</Value>`,
      '        </Headers>',
      '        <PostValues>',
      '          <Value Key="event" Type="String">ended</Value>',
      '          <Value Key="direction" Type="String">[CallDirection]</Value>',
      '          <Value Key="number" Type="String">[Number]</Value>',
      '          <Value Key="extension" Type="String">[Agent]</Value>',
      '          <Value Key="talk_seconds" Type="String">[[[DurationTimespan].get_TotalSeconds()].ToString("F0")]</Value>',
      '        </PostValues>',
      '      </Request>',
      '    </Scenario>',
      '  </Scenarios>',
      '</Crm>',
    ].join('\n'),
  curl: ({ url, key }) =>
    [
      `curl ${url.startsWith('https:') ? '--insecure ' : ''}${url} \\`,
      `  --header "X-Balcao-Key: ${key}" \\`,
      '  --data-urlencode event=incoming \\',
      '  --data-urlencode call_id=1 \\',
      '  --data-urlencode number=11987654321 \\',
      '  --data-urlencode extension=201',
    ].join('\n'),
}
