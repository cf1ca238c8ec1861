import { kitJson } from '../json.ts';

/** system_info.ipynb: a notebook with one cell that queries the server's status. */
export const notebook = (email: string): string =>
  kitJson({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' },
    },
    cells: [
      {
        id: 'about',
        cell_type: 'markdown',
        metadata: {},
        source: [
          'Asks the server of this project which clients are connected. Set `kit` to the folder of this kit.',
        ],
      },
      {
        id: 'ask',
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: [
          'import os\n',
          'from nvflare.fuel.flare_api.flare_api import new_secure_session\n',
          '\n',
          'kit = os.path.dirname(os.getcwd())\n',
          `session = new_secure_session(username=${JSON.stringify(email)}, startup_kit_location=kit)\n`,
          'try:\n',
          '    print(session.get_system_info())\n',
          'finally:\n',
          '    session.close()\n',
        ],
      },
    ],
  });
