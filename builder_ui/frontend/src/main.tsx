// Starts the application.
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import './theme/base.css';
import './ui/ui.css';
import './i18n';
import { createRoot } from 'react-dom/client';
import { App } from './App';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
