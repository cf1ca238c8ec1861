export const requestMessages = {
  requestMessages: {
    title: 'Messages about the request',
    none: 'Nothing has been written. You can ask a question instead of deciding.',
    question: 'Question',
    reply: 'Your reply',
    send: 'Send',
    message: 'Message to the project admin',
    askAgain: 'Ask again',
    askedAgain: 'Your request waits for approval again.',
    back: 'Back to the log-in',
    kinds: {
      asked_again: '{{author}} asked again',
      question: '{{author}} asked',
      reply: '{{author}} replied',
      approved: '{{author}} approved the request',
      denied: '{{author}} denied the request',
    },
  },
} as const;
