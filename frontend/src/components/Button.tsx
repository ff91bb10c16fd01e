import type { ComponentProps } from 'react';
import './Button.css';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'default' | 'primary' | 'run' | 'ghost' | 'dash' | 'danger';
  size?: 'xs' | 'sm' | 'md' | 'lg';
  /** Why it can't be pressed now. It stays focusable and says the reason. */
  unavailable?: string | undefined;
  /** Only an icon is shown; the label is read aloud and shown on hover. */
  iconOnly?: string;
}

/** Every button of the product. */
export function Button({
  look = 'default',
  size = 'md',
  unavailable,
  iconOnly,
  className = '',
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`button button-${look} button-${size} ${iconOnly ? 'button-icon' : ''} ${className}`}
      aria-disabled={unavailable ? true : undefined}
      aria-label={iconOnly}
      title={unavailable ?? iconOnly}
      onClick={
        unavailable
          ? (event) => {
              event.preventDefault();
              event.stopPropagation();
            }
          : onClick
      }
      {...rest}
    />
  );
}
