import { useChats } from './chat-store';

const chats = () => useChats.getState();
const CHAT = 't:ADA:wf_1';
const sending = { id: '1', question: 'How many?', state: 'sending' as const };

describe('The chats of a tab', () => {
  beforeEach(() => chats().forget());

  it('are taken up after a reload; what was being sent then is to be asked again', () => {
    chats().add(CHAT, sending);
    chats().add(CHAT, { id: '2', question: 'And now?', state: 'sent', runId: 'run_2' });
    useChats.setState({ chats: {} });
    chats().open(CHAT);
    expect(chats().chats[CHAT]).toMatchObject([
      { id: '1', state: 'refused' },
      { id: '2', state: 'sent', runId: 'run_2' },
    ]);
  });

  it('rest under their person and workflow only, in this tab', () => {
    chats().add(CHAT, sending);
    chats().open('t:BOB:wf_1');
    expect(chats().chats['t:BOB:wf_1']).toEqual([]);
    expect(Object.keys(sessionStorage)).toEqual(['snowflow:chat:t:ADA:wf_1']);
    expect(localStorage).toHaveLength(0);
  });

  it('are gone when somebody signs out, and nothing that comes later brings them back', () => {
    sessionStorage.setItem('snowflow:theme', 'dark');
    chats().add(CHAT, sending);
    chats().forget();
    chats().change(CHAT, '1', { state: 'ended', answer: 'Twelve' });
    expect([chats().chats, Object.keys(sessionStorage)]).toEqual([{}, ['snowflow:theme']]);
  });

  it('are gone when somebody signs out in another tab', () => {
    chats().add(CHAT, sending);
    window.dispatchEvent(new StorageEvent('storage', { key: 'snowflow:chats-forgotten', newValue: 'x' }));
    expect([chats().chats, sessionStorage.getItem(`snowflow:chat:${CHAT}`)]).toEqual([{}, null]);
  });

  it('begin anew where what rests is not readable', () => {
    sessionStorage.setItem('snowflow:chat:t:ADA:wf_9', '{"not": "turns"}');
    sessionStorage.setItem('snowflow:chat:t:ADA:wf_8', '{');
    chats().open('t:ADA:wf_9');
    chats().open('t:ADA:wf_8');
    expect([chats().chats['t:ADA:wf_9'], chats().chats['t:ADA:wf_8']]).toEqual([[], []]);
  });
});
