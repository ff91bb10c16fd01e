import { render, screen } from '@testing-library/react';
import { NodeValue } from './NodeValue';

describe('The value of a node', () => {
  it('is shown as JSON, with its size', () => {
    render(<NodeValue value={{ rowCount: 3 }} valueBytes={14} />);
    expect(screen.getByLabelText('Result as text').textContent).toBe('{\n  "rowCount": 3\n}');
    expect(screen.getByText('14 bytes')).toBeTruthy();
  });

  it('says how large it is where it is too large to be shown', () => {
    render(<NodeValue valueBytes={70_000} />);
    expect(screen.getByText('It has 70 KB as JSON.')).toBeTruthy();
  });
});
